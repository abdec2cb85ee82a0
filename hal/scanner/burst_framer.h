// Finds the borders of codes in a stream that marks them by silence: everything that comes without a pause is one code.
// A suffix only makes the pause shorter. So a CR inside a code can never cut it in two (the half before it might be just
// what a screen waits for), and two codes that ran into each other are one that no grammar fits. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/secret.h"

namespace hal {

class BurstFramer {
 public:
  BurstFramer(std::chrono::milliseconds gap, std::chrono::milliseconds suffix_gap) : gap_(gap), suffix_gap_(suffix_gap) {}

  void append(std::string_view bytes, base::Instant now);
  bool begun() const { return begun_; }
  bool has_suffix() const;  // what has come ends as scanners end a code
  std::chrono::milliseconds patience() const { return has_suffix() ? suffix_gap_ : gap_; }
  std::optional<base::Instant> due() const;  // the silence is long enough then; nothing unless begun()

  // The code, and begins anew. Nothing when it was longer than any code can be.
  std::optional<base::Secret> take();

 private:
  std::chrono::milliseconds gap_;
  std::chrono::milliseconds suffix_gap_;
  base::Secret bytes_;
  base::Instant last_{};
  bool begun_ = false;
  bool too_long_ = false;
};

}  // namespace hal
