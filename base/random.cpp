#include "base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace base {

std::uint64_t Random::bits() {
  std::uint64_t value = 0;
  std::uint8_t bytes[sizeof value];
  fill(bytes);
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
  // Rejects the uneven tail, so that every value is equally likely.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = bits();
  while (value >= limit) value = bits();
  return value % bound;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = getrandom(bytes.data(), bytes.size(), 0);
    if (n > 0) bytes = bytes.subspan(static_cast<std::size_t>(n));
    // Without randomness no id is safe to make; there is nothing sensible left to do.
    else if (errno != EINTR)
      std::abort();
  }
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
}

}  // namespace base
