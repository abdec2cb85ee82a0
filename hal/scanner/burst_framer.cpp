#include "hal/scanner/burst_framer.h"

#include <utility>

#include "hal/scanner/aim_identifier.h"
#include "hal/scanner/payload_text.h"

namespace hal {
namespace {

constexpr std::size_t kLongestBurst = kAimIdentifierSize + kLongestCode + kLongestScannerSuffix;

}  // namespace

void BurstFramer::append(std::string_view bytes, base::Instant now) {
  if (bytes.empty()) return;
  begun_ = true;
  last_ = now;
  if (bytes.size() > kLongestBurst - bytes_.size()) {
    too_long_ = true;
    bytes_.wipe();
  }
  if (!too_long_) bytes_.append(bytes);
}

bool BurstFramer::has_suffix() const {
  if (bytes_.empty()) return false;
  const char last = bytes_.reveal().back();
  return last == '\r' || last == '\n' || last == '\t';
}

std::optional<base::Instant> BurstFramer::due() const {
  if (!begun_) return std::nullopt;
  return last_ + patience();
}

std::optional<base::Secret> BurstFramer::take() {
  begun_ = false;
  base::Secret bytes = std::exchange(bytes_, base::Secret());
  if (std::exchange(too_long_, false)) return std::nullopt;
  return bytes;
}

}  // namespace hal
