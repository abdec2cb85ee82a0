#include <algorithm>
#include <iostream>

#include "kiosk/app/commands.h"
#include "kiosk/app/staff_pin.h"

namespace kiosk {
namespace {

constexpr std::size_t kShortestPin = 4;  // digits
constexpr std::size_t kLongestPin = 12;

}  // namespace

base::Status print_pin_hash() {
  std::string line;
  std::getline(std::cin, line);
  const base::Secret pin(line);
  const bool digits = std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
  base::wipe(line);
  if (!digits || pin.size() < kShortestPin || pin.size() > kLongestPin)
    return base::Error{base::Failure::config_invalid, "a PIN has 4 to 12 digits"};
  auto hash = StaffPin::hash_pin(pin);
  if (!hash) return hash.error();
  std::cout << *hash << '\n';
  return {};
}

}  // namespace kiosk
