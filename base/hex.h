#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

std::string to_hex(std::span<const std::uint8_t> bytes);  // lower case
// Nothing on an odd length or any other character; spaces are not skipped.
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text);

}  // namespace base
