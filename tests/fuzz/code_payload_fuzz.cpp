// links: linli_hal
// Any bytes as a scanned code. First byte: which kinds are wanted, one bit each. Second: bit 0 an AIM identifier is at the
// front. What passes is what code_scanner.h promises: short, UTF-8, no control characters, and of a wanted kind.
#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "hal/scanner/payload.h"
#include "hal/scanner/payload_text.h"
#include "tests/fuzz/require.h"

namespace {

void check(std::string_view text) {
  require(!text.empty() && text.size() <= 2 * hal::kLongestCode);
  while (!text.empty()) {
    const auto c = base::take_character(text);
    require(c.has_value());
    require(*c >= 0x20 && (*c < 0x7F || *c > 0x9F) && (*c < 0x202A || *c > 0x202E) && (*c < 0x2066 || *c > 0x2069));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  hal::ScanRequest request;
  for (unsigned kind = 0; kind <= static_cast<unsigned>(hal::PayloadKind::plain_text); ++kind)
    if ((data[0] >> kind & 1) != 0) request.wanted.push_back(static_cast<hal::PayloadKind>(kind));
  hal::RawCode code;
  code.bytes = {data + 2, size - 2};
  if ((data[1] & 1) != 0) {
    code.symbology = hal::parse_aim_identifier(code.bytes);
    if (code.symbology) code.bytes = code.bytes.subspan(hal::kAimIdentifierSize);
  }
  const auto screened = hal::screen_code(code, request);
  if (!screened) return 0;
  require(std::ranges::find(request.wanted, screened->kind) != request.wanted.end());
  require(hal::matches(screened->kind, screened->payload.reveal()));
  check(screened->payload.reveal());
  return 0;
}
