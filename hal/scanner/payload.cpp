#include "hal/scanner/payload.h"

#include <algorithm>
#include <utility>

#include "base/check_symbol.h"
#include "hal/scanner/payload_text.h"

namespace hal {
namespace {

using base::Failure;

constexpr std::string_view kReceiptPrefix = "linli:";
constexpr std::size_t kReceiptSymbols = 6;
constexpr std::size_t kReceiptGroup = 3;
constexpr std::size_t kWrittenReceipt = 9;  // characters of "7K4-29M-6"

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alphanumeric(char c) { return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z'); }
bool between(std::size_t size, std::size_t least, std::size_t most) { return size >= least && size <= most; }

bool is_receipt_line(std::string_view text) {
  if (text.size() != kWrittenReceipt || text[kReceiptGroup] != '-' || text[2 * kReceiptGroup + 1] != '-') return false;
  std::string symbols;
  for (const char c : text) {
    if (c == '-') continue;
    if (base::kCrockfordSymbols.find(c) == std::string_view::npos) return false;
    symbols += c;
  }
  return symbols.size() == kReceiptSymbols + 1 &&
         base::check_symbol(std::string_view(symbols).substr(0, kReceiptSymbols)) == symbols.back();
}

bool is_receipt_code(std::string_view text) {
  if (!text.starts_with(kReceiptPrefix)) return is_receipt_line(text);
  text.remove_prefix(kReceiptPrefix.size());
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !between(colon, 1, kLongestTerminal)) return false;
  const auto terminal = text.substr(0, colon);
  return std::ranges::all_of(terminal, [](char c) { return is_alphanumeric(c) || c == '-'; }) &&
         is_receipt_line(text.substr(colon + 1));
}

bool is_ticket_number(std::string_view text) {
  return text.size() == 1 + kTicketDigits && is_capital(text[0]) && std::ranges::all_of(text.substr(1), is_digit);
}

bool is_appointment(std::string_view text) {
  return between(text.size(), kShortestAppointment, kLongestAppointment) && std::ranges::all_of(text, is_alphanumeric);
}

bool is_opaque_token(std::string_view text) {
  if (!between(text.size(), kShortestOpaqueToken, kLongestOpaqueToken) || !is_alphanumeric(text[0])) return false;
  const std::string_view body = text.substr(0, text.find('='));
  const auto of_token = [](char c) { return is_alphanumeric(c) || std::string_view("-._~+/").find(c) != std::string_view::npos; };
  return std::ranges::all_of(body, of_token) && body.find("..") == std::string_view::npos &&
         std::ranges::all_of(text.substr(body.size()), [](char c) { return c == '='; });
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

}  // namespace

bool matches(PayloadKind kind, std::string_view text) {
  switch (kind) {
    case PayloadKind::receipt_code:
      return is_receipt_code(text);
    case PayloadKind::ticket_number:
      return is_ticket_number(text);
    case PayloadKind::appointment:
      return is_appointment(text);
    case PayloadKind::opaque_token:
      return is_opaque_token(text);
    case PayloadKind::plain_text:
      return between(characters_in(text), 1, kLongestPlainText);
  }
  return false;
}

base::Result<CodeScanned> screen_code(const RawCode& code, const ScanRequest& request) {
  const bool appended = code.structured_append || (code.symbology && is_structured_append(*code.symbology));
  if (appended || code.reader_init) return Failure::scan_unsafe;
  auto text = decode_payload_text(without_scanner_suffix(code.bytes), code.symbology && is_gs1(*code.symbology));
  if (!text) return std::move(text).error();
  for (const PayloadKind kind : request.wanted)
    if (matches(kind, text->reveal())) return CodeScanned{kind, *std::move(text)};
  return Failure::scan_not_wanted;
}

}  // namespace hal
