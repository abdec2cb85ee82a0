// ESC/POS, the printer's half of the conversation that goes out: pure functions from meaning to bytes. Text never goes out
// as text: names need characters firmware fonts lack, and scanned text could carry commands. What comes back is read by
// escpos_reply.h. Source: facts/printer-scanner.md §1.2–1.4.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hal/printer/printer_profile.h"
#include "typeset/bitmap.h"

namespace hal::escpos {

using Bytes = std::vector<std::uint8_t>;

// ESC @, and GS P so that one motion unit is one dot. At the start of a job only: at its end it would clear the next one.
Bytes initialise(double dots_per_mm);
Bytes automatic_status(bool on);  // GS a
Bytes query_status(int query);    // DLE EOT 1..4: answered at once, even offline
Bytes query_in_order();           // GS r 1: answered after all that was sent before, which makes it a fence
// GS I: answered in order with 5F, text, 00. Who does not know it may take it for text that waits in the line.
enum class IdentityQuery : std::uint8_t { firmware = 65, maker = 66, model = 67, serial = 68 };
Bytes query_identity(IdentityQuery query);
Bytes clear_buffers();                     // DLE DC4 8: answered with 37 25 00; nothing else may be sent until then
Bytes recover_clearing();                  // DLE ENQ 2: after a cutter error, forget what waits and go on
Bytes feed(int dots);                      // ESC J
Bytes cut(const PrinterProfile& profile);  // GS V function B, which feeds to the knife first, or the profile's own command
// Rows [first, first + count) of the bitmap as one GS v 0 command, as wide as there is something to print.
Bytes raster(const typeset::DotBitmap& bitmap, int first, int count);
Bytes padding(std::size_t count);  // NUL: ends an image command that was interrupted, and else means nothing

// GS ( H function 48. Ids increase, and one that comes back confirms all before it. Of its 95⁴ values only the order counts.
struct ProcessId {
  std::uint32_t value = 0;
  friend auto operator<=>(const ProcessId&, const ProcessId&) = default;
};
Bytes mark(ProcessId id);
ProcessId process_id_of(std::span<const std::uint8_t, 4> digits);

// The commands of a whole picture, in order: strips of at most `strip_rows`, blank rows fed, not sent.
struct Strip {
  int first = 0;  // row
  int count = 0;  // rows
  bool blank = false;
};
std::vector<Strip> strips(const typeset::DotBitmap& bitmap, int strip_rows);

}  // namespace hal::escpos
