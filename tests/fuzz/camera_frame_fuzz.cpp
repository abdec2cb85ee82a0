// links: linli_hal
// Bytes that come from a camera's driver, and from the process that looks into frames. First byte: which.
#include <algorithm>
#include <vector>

#include "hal/camera/frame_wire.h"
#include "hal/frame_decoder/decoder_message.h"
#include "hal/frame_decoder/finder_patterns.h"
#include "hal/frame_decoder/symbol_grid.h"
#include "tests/fuzz/require.h"

namespace {

void check_frame(std::span<const std::uint8_t> bytes) {
  const auto frame = hal::parse_frame(bytes);
  if (!frame) return;
  require(hal::is_frame_size(frame->width, frame->height));
  require(frame->pixels.size() == static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height));
}

void check_messages(std::span<const std::uint8_t> bytes) {
  if (const auto request = hal::parse_decoder_request(bytes)) require(std::ranges::equal(encode(*request), bytes));
  if (const auto reply = hal::parse_decoder_reply(bytes)) require(std::ranges::equal(encode(*reply), bytes));
}

// Each bit is a module of 2 by 2 pixels in a picture of 32 by 32: the search for finder patterns and grids keeps inside it.
void check_search(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kSide = 64;
  std::vector<std::uint8_t> pixels(kSide * kSide, 230);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::size_t module = i / kSide / 2 * (kSide / 2) + i % kSide / 2;
    if (module / 8 < bytes.size() && (bytes[module / 8] >> (7 - module % 8) & 1) != 0) pixels[i] = 30;
  }
  const auto relief = hal::relief_of({pixels.data(), int{kSide}, int{kSide}}, 8);
  const auto patterns = hal::find_finder_patterns(relief);
  require(patterns.size() <= hal::kMostFinderPatterns);
  for (const auto& grid : hal::find_symbol_grids(relief, patterns, 1)) (void)hal::drawing_of(hal::sharpened(grid, 0.1F));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::span bytes(data + 1, size - 1);
  if (data[0] % 3 == 0) check_frame(bytes);
  if (data[0] % 3 == 1) check_messages(bytes);
  if (data[0] % 3 == 2) check_search(bytes);
  return 0;
}
