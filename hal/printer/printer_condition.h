// What the status bytes of an ESC/POS printer mean. Pure.
#pragma once

#include <array>
#include <optional>

#include "base/failure.h"
#include "hal/printer/escpos_reply.h"
#include "hal/printer/printer_profile.h"

namespace hal {

struct PrinterCondition {
  std::optional<base::Failure> failure;  // the first a person should deal with; nothing = it can print
  bool paper_near_end = false;           // a hint: many printers have no sensor for it
};

// The replies to DLE EOT 1..4, read with the bits of the profile.
PrinterCondition condition_of(const std::array<std::uint8_t, 4>& replies, const StatusBits& bits);
// An automatic status; its bits are Epson's on every printer met so far.
PrinterCondition condition_of(const escpos::AutomaticStatus& status);

}  // namespace hal
