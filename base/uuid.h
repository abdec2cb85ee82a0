// UUIDv7 (RFC 9562 §5.7): the id of an application, made once and never changed.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"

namespace base {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};  // big-endian, as written

  std::string text() const;  // 36 characters, lower case
  // Accepts only the 36-character lower- or upper-case form.
  static std::optional<Uuid> parse(std::string_view text);
  bool is_v7() const { return (bytes[6] >> 4) == 7 && (bytes[8] >> 6) == 2; }

  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

// Ids of one source are strictly increasing even when the wall clock steps back: the last millisecond and a
// 12-bit counter are kept. Nothing may trust the time inside. One thread.
class UuidSource {
 public:
  UuidSource(const Clock& clock, Random& random) : clock_(clock), random_(random) {}
  Uuid next();

 private:
  const Clock& clock_;
  Random& random_;
  std::uint64_t last_ms_ = 0;
  std::uint32_t counter_ = 0;
};

}  // namespace base
