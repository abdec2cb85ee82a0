#include "offline_cache/receipt_code.h"

#include "base/check_symbol.h"

namespace offline_cache {
namespace {

using base::kCrockfordSymbols;

constexpr std::uint32_t kBitsPerSymbol = 5;

char folded(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::uint32_t draw_receipt_number(base::Random& random) { return static_cast<std::uint32_t>(random.below(kReceiptNumbers)); }

std::string receipt_code(std::uint32_t number) {
  std::string body(kReceiptRandomSymbols, '0');
  for (auto at = body.rbegin(); at != body.rend(); ++at, number >>= kBitsPerSymbol)
    *at = kCrockfordSymbols[number % kCrockfordSymbols.size()];
  return body.substr(0, 3) + '-' + body.substr(3) + '-' + base::check_symbol(body);
}

std::optional<std::uint32_t> parse_receipt_code(std::string_view typed) {
  if (typed.size() > kLongestTypedReceipt) return std::nullopt;
  std::string symbols;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (kCrockfordSymbols.find(folded(c)) == std::string_view::npos) return std::nullopt;
    symbols += folded(c);
  }
  if (symbols.size() != kReceiptRandomSymbols + 1) return std::nullopt;
  const std::string_view body(symbols.data(), kReceiptRandomSymbols);
  if (base::check_symbol(body) != symbols.back()) return std::nullopt;
  std::uint32_t number = 0;
  for (const char symbol : body) number = (number << kBitsPerSymbol) | static_cast<std::uint32_t>(kCrockfordSymbols.find(symbol));
  return number;
}

}  // namespace offline_cache
