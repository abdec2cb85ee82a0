// How one kind of scanner says what it read: the codec between bytes of a transport and whole codes. It has no clock, no
// thread and no transport of its own; CodeScannerThread brings them. A new kind of scanner is one of these.
//
// The typical flow: greet → feed, feed … → a code. A code that comes in parts is begun() in between, and due() says until
// when the next part must have come; if nothing has by then, rest() ends it: complete, or given up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "hal/scanner/aim_identifier.h"
#include "hal/transport/byte_transport.h"

namespace hal {

struct ScannedBytes {
  base::Secret bytes;                      // as the scanner sent them, with its suffix, without framing
  std::optional<AimIdentifier> symbology;  // nothing: it does not tell
  std::optional<base::Failure> failure;    // there was a code, but it cannot be used; `bytes` is then empty
};

struct Heard {
  std::vector<ScannedBytes> codes;
  std::uint64_t noise = 0;  // what was no code and no part of one
};

class ScannerDialect {
 public:
  virtual ~ScannerDialect() = default;

  // A scanner was opened: what came before is forgotten. Gives what to write before it will send; empty: nothing.
  // scan_wrong_mode when it is set to be something else, scan_out_of_service when its description cannot be understood.
  virtual base::Result<std::vector<std::uint8_t>> greet(const TransportInfo& scanner) = 0;

  // What one read brought, never empty.
  virtual void feed(std::span<const std::uint8_t> bytes, base::Instant now, Heard& heard) = 0;
  // Nothing more has come until due().
  virtual void rest(base::Instant now, Heard& heard) = 0;

  virtual bool begun() const = 0;                        // part of a code has come
  virtual std::optional<base::Instant> due() const = 0;  // set while begun()
};

}  // namespace hal
