#include "hal/id_card/old_permit_number.h"

#include <algorithm>
#include <array>

namespace hal {
namespace {

constexpr std::size_t kOldLength = 15;
constexpr std::array<unsigned, 3> kPermitWeights{7, 3, 1};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

char check_digit(std::string_view text) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto value = static_cast<unsigned>(is_digit(text[i]) ? text[i] - '0' : text[i] - 'A' + 10);
    sum += value * kPermitWeights.at(i % kPermitWeights.size());
  }
  return static_cast<char>('0' + sum % 10);
}

}  // namespace

base::Secret old_permit_number(std::string_view country, std::string_view number, std::string_view link) {
  const bool formed = country.size() == 3 && number.size() == 18 && link.size() == 3 && std::ranges::all_of(country, is_letter) &&
                      std::ranges::all_of(number.substr(0, 17), is_digit) &&
                      std::ranges::all_of(link, [](char c) { return is_digit(c) || is_letter(c); });
  base::Secret old;
  if (!formed) return old;
  old.append(country);
  old.append(number.substr(1, 2));
  old.append(link.substr(0, 2));
  old.append(number.substr(8, 6));
  old.append(link.substr(2, 1));
  const char check = check_digit(old.reveal());
  old.append({&check, 1});
  return old;
}

std::string_view first_of_link(std::string_view old) { return old.size() == kOldLength ? old.substr(5, 2) : ""; }
std::string_view last_of_link(std::string_view old) { return old.size() == kOldLength ? old.substr(13, 1) : ""; }

}  // namespace hal
