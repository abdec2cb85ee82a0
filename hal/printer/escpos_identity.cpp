#include "hal/printer/escpos_identity.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hal {
namespace {

using escpos::IdentityQuery;

constexpr std::size_t kLongestName = 40;  // characters
constexpr std::chrono::milliseconds kIdentityPatience{1'000};

std::string readable(std::string text) {
  std::erase_if(text, [](char c) { return c < 0x20 || c > 0x7E; });
  text.resize(std::min(text.size(), kLongestName));
  const auto last = text.find_last_not_of(' ');
  text.resize(last == std::string::npos ? 0 : last + 1);
  return text;
}

}  // namespace

PrinterIdentity ask_printer_identity(EscposLink& link, const PrinterProfile& profile) {
  PrinterIdentity identity;
  const std::array<std::pair<IdentityQuery, std::string*>, 3> questions{{{IdentityQuery::model, &identity.model},
                                                                         {IdentityQuery::serial, &identity.serial},
                                                                         {IdentityQuery::firmware, &identity.firmware}}};
  for (const auto& [query, answer] : questions) {
    auto text = link.ask_identity(query);
    if (!text) break;
    *answer = readable(*std::move(text));
  }
  const auto initialise = escpos::initialise(profile.dots_per_mm);
  (void)link.write(initialise, kIdentityPatience);
  (void)link.enable_automatic_status();  // ESC @ ended it
  return identity;
}

std::string describe(const PrinterIdentity& identity) {
  std::string text;
  const auto add = [&text](const char* label, const std::string& value) {
    if (!value.empty()) text += std::string(", ") + label + " " + value;
  };
  add("model", identity.model);
  add("serial", identity.serial);
  add("firmware", identity.firmware);
  return text;
}

}  // namespace hal
