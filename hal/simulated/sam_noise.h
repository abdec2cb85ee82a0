// Damage done to answers on the way, by the ways seen in the field.
#pragma once

#include <cstdint>
#include <vector>

namespace hal {

// Four of five turns can be survived by a decoder that searches (a byte inside the sync run, too many sync bytes, junk
// before, an impossible frame before); in the fifth the checksum is wrong and the question has to be asked again.
std::vector<std::uint8_t> damaged_in_turn(std::vector<std::uint8_t> wire, unsigned turn);

}  // namespace hal
