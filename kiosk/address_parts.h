// A Chinese address taken apart at the building, so that one part can be corrected without typing the others:
// 虚构省样例市和平里3号楼2单元501 → 虚构省样例市和平里 · 3 · 2 · 501. Pure.
#pragma once

#include <array>
#include <string_view>

#include "base/secret.h"

namespace kiosk {

enum class AddressPart : std::uint8_t { area, building, unit, room };
inline constexpr std::size_t kAddressParts = 4;

struct AddressParts {
  std::array<base::Secret, kAddressParts> part;  // area in words, the others in digits; each may be empty
};

// What cannot be taken apart stays whole in the area.
AddressParts split_address(std::string_view address);
// Missing parts leave nothing behind; the room's 室 only where the room stands alone.
base::Secret join_address(const AddressParts& parts);

}  // namespace kiosk
