#include <iostream>

#include "kiosk/app/commands.h"
#include "kiosk/app/demo_hall.h"
#include "kiosk/app/furnishings.h"
#include "ui/screens/gallery.h"

namespace kiosk {

base::Status draw_shots(const std::filesystem::path& folder) {
  auto furnishings = load_furnishings(installed_assets());
  if (!furnishings) return furnishings.error();
  const Hall hall = DemoHall::demo_hall();
  if (auto drawn =
          ui::write_gallery(folder, *furnishings->typesetter, furnishings->translations, hall, furnishings->services, {});
      !drawn)
    return drawn;
  std::cout << std::filesystem::absolute(folder).string() << '\n';
  return {};
}

}  // namespace kiosk
