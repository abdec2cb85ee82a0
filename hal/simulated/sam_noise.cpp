#include "hal/simulated/sam_noise.h"

#include <initializer_list>

namespace hal {

std::vector<std::uint8_t> damaged_in_turn(std::vector<std::uint8_t> wire, unsigned turn) {
  const auto insert = [&](std::ptrdiff_t at, std::initializer_list<std::uint8_t> bytes) {
    wire.insert(wire.begin() + at, bytes);
  };
  switch (turn % 5) {
    case 0:
      insert(1, {0x00});
      break;
    case 1:
      insert(0, {0xAA, 0xAA});
      break;
    case 2:
      insert(0, {0x55});
      break;
    case 3:
      insert(0, {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0xFF, 0xFF});
      break;
    default:
      wire.back() ^= 0x01U;
  }
  return wire;
}

}  // namespace hal
