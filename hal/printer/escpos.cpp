#include "hal/printer/escpos.h"

#include <algorithm>
#include <cmath>

namespace hal::escpos {
namespace {

constexpr std::uint8_t kDle = 0x10, kEsc = 0x1B, kGs = 0x1D;
constexpr std::uint8_t kFirstDigit = 0x20, kDigits = 0x7E - 0x20 + 1;
// Shorter gaps are sent: a fed gap inside a QR code would break it on a printer that ignores GS P, and one of its rows
// of modules is never as high as this.
constexpr int kShortestFeed = 10;  // rows

std::uint8_t low(int value) { return static_cast<std::uint8_t>(value & 0xFF); }
std::uint8_t high(int value) { return static_cast<std::uint8_t>(value >> 8 & 0xFF); }

bool blank_row(const typeset::DotBitmap& bitmap, int y) {
  const auto first = bitmap.bytes.begin() + static_cast<std::ptrdiff_t>(y) * bitmap.stride();
  return std::all_of(first, first + bitmap.stride(), [](std::uint8_t byte) { return byte == 0; });
}

int end_of_run(const typeset::DotBitmap& bitmap, int y, bool blank) {
  while (y < bitmap.height && blank_row(bitmap, y) == blank) ++y;
  return y;
}

// The end of the rows to send from `y` on: up to the next gap worth feeding.
int end_of_sent(const typeset::DotBitmap& bitmap, int y) {
  while (y < bitmap.height) {
    const int gap = end_of_run(bitmap, y, false);
    const int after = end_of_run(bitmap, gap, true);
    if (after - gap >= kShortestFeed || after == bitmap.height) return gap;
    y = after;
  }
  return y;
}

// Up to the last byte of any of these rows that is not blank; at least one.
int inked_bytes(const typeset::DotBitmap& bitmap, int first, int count) {
  const auto stride = static_cast<std::ptrdiff_t>(bitmap.stride());
  int width = 1;
  for (auto row = bitmap.bytes.begin() + first * stride; count > 0; --count, row += stride) {
    int used = static_cast<int>(stride);
    while (used > width && row[used - 1] == 0) --used;
    width = std::max(width, used);
  }
  return width;
}

}  // namespace

Bytes initialise(double dots_per_mm) {
  const auto per_inch = static_cast<std::uint8_t>(std::min(255L, std::lround(dots_per_mm * 25.4)));
  return {kEsc, '@', kGs, 'P', per_inch, per_inch};
}

Bytes automatic_status(bool on) { return {kGs, 'a', static_cast<std::uint8_t>(on ? 0xFF : 0x00)}; }
Bytes query_status(int query) { return {kDle, 0x04, low(query)}; }
Bytes query_in_order() { return {kGs, 'r', 1}; }
Bytes query_identity(IdentityQuery query) { return {kGs, 'I', static_cast<std::uint8_t>(query)}; }
Bytes clear_buffers() { return {kDle, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08}; }
Bytes recover_clearing() { return {kDle, 0x05, 0x02}; }

Bytes feed(int dots) {
  Bytes bytes;
  for (; dots > 0; dots -= 255) bytes.insert(bytes.end(), {kEsc, 'J', low(std::min(dots, 255))});
  return bytes;
}

Bytes cut(const PrinterProfile& profile) {
  constexpr int kToTearBar = 160;  // dots; paper without a knife is torn above the head
  const int dots = profile.feed_before_cut_dots;
  if (profile.cutter == Cutter::none) return feed(dots + kToTearBar);
  if (profile.cut_command.empty())
    return {kGs, 'V', static_cast<std::uint8_t>(profile.cutter == Cutter::full ? 65 : 66), low(std::min(dots, 255))};
  Bytes bytes = dots > 0 ? feed(dots) : Bytes{};
  bytes.insert(bytes.end(), profile.cut_command.begin(), profile.cut_command.end());
  return bytes;
}

Bytes raster(const typeset::DotBitmap& bitmap, int first, int count) {
  const auto stride = static_cast<std::ptrdiff_t>(bitmap.stride());
  const int width = inked_bytes(bitmap, first, count);
  auto row = bitmap.bytes.begin() + first * stride;
  Bytes bytes;
  bytes.reserve(8 + static_cast<std::size_t>(width) * static_cast<std::size_t>(count));  // never grows: no second copy
  bytes.insert(bytes.end(), {kGs, 'v', '0', 0, low(width), high(width), low(count), high(count)});
  for (int y = 0; y < count; ++y, row += stride) bytes.insert(bytes.end(), row, row + width);
  return bytes;
}

Bytes padding(std::size_t count) { return Bytes(count, 0); }

Bytes mark(ProcessId id) {
  Bytes bytes{kGs, '(', 'H', 6, 0, 48, 48, 0, 0, 0, 0};
  std::uint32_t rest = id.value;
  for (std::size_t i = 4; i-- > 0; rest /= kDigits) bytes[7 + i] = static_cast<std::uint8_t>(kFirstDigit + rest % kDigits);
  return bytes;
}

ProcessId process_id_of(std::span<const std::uint8_t, 4> digits) {
  ProcessId id;
  for (const std::uint8_t digit : digits) id.value = id.value * kDigits + static_cast<std::uint32_t>(digit - kFirstDigit);
  return id;
}

std::vector<Strip> strips(const typeset::DotBitmap& bitmap, int strip_rows) {
  std::vector<Strip> result;
  for (int y = 0; y < bitmap.height;) {
    const int blank_end = end_of_run(bitmap, y, true);
    const bool whole_rest = blank_end == bitmap.height;
    if (blank_end > y && (blank_end - y >= kShortestFeed || whole_rest)) {
      result.push_back({y, blank_end - y, true});
      y = blank_end;
      continue;
    }
    for (const int end = end_of_sent(bitmap, blank_end); y < end;) {
      const int count = std::min(strip_rows, end - y);
      result.push_back({y, count, false});
      y += count;
    }
  }
  return result;
}

}  // namespace hal::escpos
