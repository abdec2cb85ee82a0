// links: linli_hal
// Any bytes from a serial line, or any records from a keyboard, in pieces with silences between them. First byte: bit 0 a
// keyboard. Then a byte of size before each piece; 0 is a silence.
#include <algorithm>
#include <span>

#include "hal/scanner/payload_text.h"
#include "hal/scanner/serial_scanner.h"
#include "hal/scanner/wedge_scanner.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto dialect = (data[0] & 1) != 0 ? hal::make_wedge_dialect() : hal::make_serial_scanner_dialect();
  if (!dialect->greet({})) return 0;
  std::span<const std::uint8_t> rest(data + 1, size - 1);
  base::Instant now{};
  while (!rest.empty()) {
    const auto piece = rest.subspan(1).first(std::min<std::size_t>(rest.size() - 1, rest[0]));
    rest = rest.subspan(1 + piece.size());
    hal::Heard heard;
    if (!piece.empty())
      dialect->feed(piece, now, heard);
    else if (dialect->due())
      dialect->rest(now = *dialect->due(), heard);
    require(dialect->begun() == dialect->due().has_value());
    constexpr std::size_t kLongest = hal::kAimIdentifierSize + hal::kLongestCode + hal::kLongestScannerSuffix;
    for (const auto& code : heard.codes)
      require(code.bytes.size() <= kLongest && (code.failure.has_value() == code.bytes.empty()));
  }
  return 0;
}
