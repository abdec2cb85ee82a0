#include "base/uuid.h"

#include <algorithm>

#include "base/hex.h"

namespace base {
namespace {

constexpr std::uint32_t kCounterLimit = 0x1000;  // 12 bits of rand_a

bool dash_at(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

}  // namespace

std::string Uuid::text() const {
  const std::string digits = to_hex(bytes);
  std::string text;
  for (const char c : digits) {
    if (dash_at(text.size())) text.push_back('-');
    text.push_back(c);
  }
  return text;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (dash_at(i) != (text[i] == '-')) return std::nullopt;
    if (!dash_at(i)) digits.push_back(text[i]);
  }
  const auto bytes = from_hex(digits);
  if (!bytes) return std::nullopt;
  Uuid uuid;
  std::copy(bytes->begin(), bytes->end(), uuid.bytes.begin());
  return uuid;
}

Uuid UuidSource::next() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  const auto since_epoch = duration_cast<milliseconds>(clock_.wall().time_since_epoch()).count();
  const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(since_epoch, 0));
  if (ms > last_ms_) {
    last_ms_ = ms;
    counter_ = static_cast<std::uint32_t>(random_.below(kCounterLimit / 2));
  } else if (++counter_ == kCounterLimit) {
    ++last_ms_;
    counter_ = 0;
  }
  Uuid uuid;
  random_.fill(uuid.bytes);
  for (unsigned i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(last_ms_ >> (40 - 8 * i));
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | counter_ >> 8);
  uuid.bytes[7] = static_cast<std::uint8_t>(counter_);
  uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3F));
  return uuid;
}

}  // namespace base
