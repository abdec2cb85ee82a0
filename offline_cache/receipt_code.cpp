#include "offline_cache/receipt_code.h"

namespace offline_cache {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kBase = 32;
static_assert(kAlphabet.size() == kBase);

// Luhn mod N: every second character from the right counts double, its two digits in base N added.
char check_character(std::string_view body) {
  std::size_t sum = 0;
  bool doubled = true;
  for (auto at = body.rbegin(); at != body.rend(); ++at) {
    const std::size_t value = kAlphabet.find(*at) * (doubled ? 2 : 1);
    sum += value / kBase + value % kBase;
    doubled = !doubled;
  }
  return kAlphabet[(kBase - sum % kBase) % kBase];
}

std::string written(std::string_view body) {
  std::string code(body.substr(0, 3));
  code += '-';
  code += body.substr(3);
  code += '-';
  code += check_character(body);
  return code;
}

char folded(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::string make_receipt_code(base::Random& random) {
  std::string body;
  for (std::size_t i = 0; i < kReceiptRandomCharacters; ++i) body += kAlphabet[random.below(kBase)];
  return written(body);
}

std::optional<std::string> parse_receipt_code(std::string_view typed) {
  if (typed.size() > kLongestTypedReceipt) return std::nullopt;
  std::string symbols;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (kAlphabet.find(folded(c)) == std::string_view::npos) return std::nullopt;
    symbols += folded(c);
  }
  if (symbols.size() != kReceiptRandomCharacters + 1) return std::nullopt;
  const std::string_view body(symbols.data(), kReceiptRandomCharacters);
  if (check_character(body) != symbols.back()) return std::nullopt;
  return written(body);
}

}  // namespace offline_cache
