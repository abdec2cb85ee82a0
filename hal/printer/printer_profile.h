// What a printer model is and can do, as data: assets/printers/*.json, described by assets/printers/profile.schema.json.
// Adding a model is adding a file.
// Status bytes are dialects, so the bits are data too. "unknown" means that nobody has tried: the driver then takes the
// path that is right whether the printer can do it or not.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "hal/printer/presenter_profile.h"
#include "hal/transport/port_address.h"

namespace hal {

enum class Support : std::uint8_t { unknown, no, yes };
enum class Cutter : std::uint8_t { unknown, none, partial, full };
constexpr bool has_knife(Cutter cutter) { return cutter == Cutter::partial || cutter == Cutter::full; }

// One condition in the replies to DLE EOT 1..4. Mask 0: this printer does not report it.
struct StatusBit {
  std::uint8_t query = 1;
  std::uint8_t mask = 0;
};

// Epson's bits unless the profile says otherwise.
struct StatusBits {
  StatusBit offline{1, 0x08};
  StatusBit cover_open{2, 0x04};
  StatusBit paper_end{4, 0x60};
  StatusBit paper_near_end{4, 0x0C};
  StatusBit cutter_error{3, 0x08};
  StatusBit unrecoverable{3, 0x20};
  StatusBit overheated{3, 0x40};
  // A byte is a reply to DLE EOT when (byte & reply_mask) == reply_value; a dialect may use one of the fixed bits.
  std::uint8_t reply_mask = 0x93;
  std::uint8_t reply_value = 0x12;
};

// Of a serial line, as the printer leaves the factory.
struct SerialLine {
  int baud = 0;                   // 0: unknown, which is 115200
  std::vector<int> other_speeds;  // that it may be set to; tried where nobody has said one
  Parity parity = Parity::none;
  FlowControl flow = FlowControl::none;
};

struct PrinterProfile {
  std::string name;
  int dots_per_line = 576;                // a multiple of 8
  double dots_per_mm = 8;                 // along the paper and across it
  int strip_rows = 256;                   // rows of one raster command
  Cutter cutter = Cutter::unknown;        // what the mechanism can do, not what it accepts; unknown: told, not claimed
  CommandBytes cut_command;               // instead of GS V, for mechanisms that want ESC i or ESC m: feeds nothing by itself
  int feed_before_cut_dots = 0;           // beyond the way from head to knife, which GS V feeds by itself
  Support process_id = Support::unknown;  // GS ( H; used only when yes
  Support automatic_status = Support::unknown;  // GS a; used only when yes
  Support clear_buffers = Support::unknown;     // DLE DC4 8; tried unless no
  Support answers_on_usb = Support::unknown;    // no: nothing is asked there, and nothing of a job is known
  std::chrono::milliseconds settle{700};        // after the last reply, an error may still be reported for so long
  std::size_t fence_every_bytes = 16 * 1024;    // wait for the printer to have processed so much; 0 = never
  StatusBits status;
  Support identity = Support::unknown;  // GS I 65..68; when unknown, asked once by a health check and not again in silence
  SerialLine serial;
  std::optional<Presenter> presenter;  // nothing: the ticket hangs at the tear bar or falls
};

// print_profile_broken with the JSON pointer and the reason in detail. Unknown keys are refused: they are typing errors.
base::Result<PrinterProfile> parse_printer_profile(std::string_view json);
base::Result<PrinterProfile> load_printer_profile(const std::filesystem::path& file);

// An address of a serial port that names no speed takes the profile's line; any other stays as it is.
PortAddress with_serial_line(PortAddress address, const PrinterProfile& profile);

}  // namespace hal
