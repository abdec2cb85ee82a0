// The groups a hall's services are shown in when there are more of them than a page may offer. Closed: a name, a pictogram
// and a colour belong to each (ui/screens/services.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kiosk {

enum class Category : std::uint8_t {
  money,       // allowances, pensions, aid
  health,      // health and care
  daily_life,  // meals, help in the house, leisure
  home,        // repairs, and what is wrong where one lives
  papers,      // addresses, certificates, registration
  other,       // a service that names none
};

// As "category" of a service definition names them, in the order they are shown in.
inline constexpr std::array<std::pair<std::string_view, Category>, 6> kCategories{{{"money", Category::money},
                                                                                   {"health", Category::health},
                                                                                   {"daily_life", Category::daily_life},
                                                                                   {"home", Category::home},
                                                                                   {"papers", Category::papers},
                                                                                   {"other", Category::other}}};

}  // namespace kiosk
