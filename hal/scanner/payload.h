// What a scanned code may be: the grammars of PayloadKind, and the one gate that every code passes, whichever scanner or
// camera read it. A payload is hostile until it matches; nothing else of it is ever kept, logged or shown. Pure.
//
//   receipt_code   LINE or "linli:" TERMINAL ":" LINE, with
//                    TERMINAL  1 to 16 of A-Z a-z 0-9 -
//                    LINE      "7K4-29M-6": six of Crockford's 32 symbols (no I L O U), dashes after the third and the
//                              sixth, and a check symbol (base/check_symbol.h)
//   ticket_number  a capital letter and three digits
//   appointment    6 to 32 ASCII letters and digits
//   opaque_token   16 to 2048 of A-Z a-z 0-9 - . _ ~ + / and then any = (token68 of RFC 7235), beginning with a letter or
//                  digit and without ".."; so no URL with a scheme, no quotes, no spaces
//   plain_text     1 to 512 characters
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "hal/code_scanner.h"
#include "hal/scanner/aim_identifier.h"

namespace hal {

inline constexpr std::size_t kLongestTerminal = 16;
inline constexpr std::size_t kTicketDigits = 3;
inline constexpr std::size_t kShortestAppointment = 6;
inline constexpr std::size_t kLongestAppointment = 32;
inline constexpr std::size_t kShortestOpaqueToken = 16;
inline constexpr std::size_t kLongestOpaqueToken = 2048;
inline constexpr std::size_t kLongestPlainText = 512;  // characters, not bytes

// What a decoder says of one code.
struct RawCode {
  std::span<const std::uint8_t> bytes;     // with the scanner's suffix, if any; valid during the call
  std::optional<AimIdentifier> symbology;  // nothing: the scanner does not tell
  bool structured_append = false;          // one of several that belong together
  bool reader_init = false;                // means to set the reader up
};

// `text` is safe already (payload_text.h).
bool matches(PayloadKind kind, std::string_view text);

// The first wanted kind that matches; scan_not_wanted, scan_unsafe or scan_unreadable otherwise.
base::Result<CodeScanned> screen_code(const RawCode& code, const ScanRequest& request);

}  // namespace hal
