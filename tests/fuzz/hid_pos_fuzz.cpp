// links: linli_hal
// A descriptor and reports after it, both hostile: whatever layout is found stays inside the reports, and the dialect
// holds its bounds. First two bytes: the descriptor's size, low byte first. Then a byte of size before each report.
#include <algorithm>
#include <span>

#include "hal/scanner/hid_pos_report.h"
#include "hal/scanner/hid_pos_scanner.h"
#include "hal/scanner/payload_text.h"
#include "tests/fuzz/require.h"

namespace {

using Bytes = std::span<const std::uint8_t>;

void check(const hal::HidPosLayout& layout) {
  require(layout.data + layout.data_size <= layout.shortest);
  require(layout.count + layout.count_size <= layout.shortest);
  if (layout.continued) require(*layout.continued / 8 < layout.shortest);
  if (layout.symbology) require(std::ranges::max(*layout.symbology) < layout.shortest);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  Bytes rest(data + 2, size - 2);
  const Bytes descriptor = rest.first(std::min<std::size_t>(rest.size(), data[0] | static_cast<std::size_t>(data[1]) << 8U));
  rest = rest.subspan(descriptor.size());
  if (const auto layout = hal::find_hid_pos_layout(descriptor)) check(*layout);

  hal::TransportInfo info;
  info.report_descriptor.assign(descriptor.begin(), descriptor.end());
  const auto dialect = hal::make_hid_pos_dialect();
  if (!dialect->greet(info)) return 0;
  base::Instant now{};
  while (!rest.empty()) {
    const Bytes report = rest.subspan(1).first(std::min<std::size_t>(rest.size() - 1, rest[0]));
    rest = rest.subspan(1 + report.size());
    hal::Heard heard;
    if (!report.empty())
      dialect->feed(report, now, heard);
    else if (dialect->due())
      dialect->rest(now = *dialect->due(), heard);
    require(dialect->begun() == dialect->due().has_value());
    for (const auto& code : heard.codes) require(code.bytes.size() <= hal::kLongestCode + hal::kLongestScannerSuffix);
  }
  return 0;
}
