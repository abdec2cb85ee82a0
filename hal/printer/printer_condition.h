// What the status bytes of an ESC/POS printer mean. Pure.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "base/failure.h"
#include "hal/device_health.h"
#include "hal/printer/escpos_reply.h"
#include "hal/printer/printer_profile.h"

namespace hal {

struct PrinterCondition {
  std::optional<base::Failure> failure;  // the first a person should deal with; nothing = it can print
  Supply supply = Supply::unknown;       // low is a hint: many printers have no sensor for it and always say full
  Media media = Media::unknown;          // present or none where a presenter tells; never a failure by itself
};

// The replies to DLE EOT 1..4, read with the bits of the profile.
PrinterCondition condition_of(const std::array<std::uint8_t, 4>& replies, const StatusBits& bits);
// An automatic status; its bits are Epson's on every printer met so far.
PrinterCondition condition_of(const escpos::AutomaticStatus& status);
// A status of `form.length` bytes, header included.
PrinterCondition condition_of(std::span<const std::uint8_t> bytes, const FullStatus& form);
// What two answers of the same moment say together.
PrinterCondition both(const PrinterCondition& a, const PrinterCondition& b);

}  // namespace hal
