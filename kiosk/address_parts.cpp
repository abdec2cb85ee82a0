#include "kiosk/address_parts.h"

#include <initializer_list>

namespace kiosk {
namespace {

constexpr std::string_view kUnit = "单元";

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// Cuts digits off the end.
std::string_view take_digits(std::string_view& text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_ascii_digit(text[begin - 1])) --begin;
  const auto digits = text.substr(begin);
  text.remove_suffix(digits.size());
  return digits;
}

bool take_word(std::string_view& text, std::initializer_list<std::string_view> words) {
  for (const auto word : words)
    if (text.ends_with(word)) {
      text.remove_suffix(word.size());
      return true;
    }
  return false;
}

// Digits with a word behind them at the end; when it is not so, nothing is cut.
std::string_view take_part(std::string_view& text, std::initializer_list<std::string_view> words) {
  auto rest = text;
  if (!take_word(rest, words)) return {};
  const auto digits = take_digits(rest);
  if (!digits.empty()) text = rest;
  return digits;
}

}  // namespace

AddressParts split_address(std::string_view address) {
  auto rest = address;
  take_word(rest, {"室", "房", "号"});
  auto room = take_digits(rest);
  const auto unit = take_part(rest, {kUnit});
  const auto building = take_part(rest, {"号楼", "栋", "幢", "座", "楼"});
  if (building.empty() && unit.empty()) {  // a street number, not a room
    rest = address;
    room = {};
  }
  AddressParts parts;
  parts.part = {base::Secret(rest), base::Secret(building), base::Secret(unit), base::Secret(room)};
  return parts;
}

base::Secret join_address(const AddressParts& parts) {
  const auto& [area, building, unit, room] = parts.part;
  base::Secret joined(area.reveal());
  const auto add = [&joined](const base::Secret& part, std::string_view word) {
    if (part.empty()) return;
    joined.append(part.reveal());
    joined.append(word);
  };
  add(building, "号楼");
  add(unit, kUnit);
  add(room, building.empty() && unit.empty() ? "室" : "");
  return joined;
}

}  // namespace kiosk
