// links: linli_kiosk linli_ui
// Texts that come back from storage, a scan or another package: a signature's path, an address, days, a table of strokes.
#include <cstddef>
#include <cstdint>
#include <string>

#include "kiosk/address_parts.h"
#include "kiosk/day_range.h"
#include "kiosk/signature.h"
#include "tests/fuzz/require.h"
#include "ui/input/stroke_table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto strokes = kiosk::read_signature(text))
    require(kiosk::read_signature(kiosk::signature_path(*strokes).reveal()).has_value());
  const auto joined = kiosk::join_address(kiosk::split_address(text));
  require(joined.size() <= text.size() + 8);
  if (const auto day = kiosk::parse_day(text)) require(kiosk::day_text(*day) == text);
  if (const auto begin = kiosk::slot_begins(text)) require(*begin >= 0 && *begin < 24 * 60);
  (void)kiosk::parse_day_bound(text);
  const ui::StrokeTable table(text);
  require(table.search("h", 5).size() <= 5);
  return 0;
}
