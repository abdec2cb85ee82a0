#include "base/check_symbol.h"

#include <cstddef>

namespace base {

char check_symbol(std::string_view body) {
  const std::size_t modulus = kCrockfordSymbols.size();
  std::size_t product = modulus;
  for (const char symbol : body) {
    const std::size_t sum = (product + kCrockfordSymbols.find(symbol)) % modulus;
    product = (sum == 0 ? modulus : sum) * 2 % (modulus + 1);
  }
  return kCrockfordSymbols[(modulus + 1 - product) % modulus];
}

}  // namespace base
