// links: linli_hal
// Bytes that come from a camera's driver, and from the process that looks into frames. First byte: which.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "hal/camera/frame_wire.h"
#include "hal/frame_decoder/decoder_message.h"
#include "hal/frame_decoder/finder_patterns.h"
#include "hal/frame_decoder/symbol_grid.h"

namespace {

void require(bool promise) {
  if (!promise) std::abort();
}

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

// A small picture made of the bytes, repeated: the search for finder patterns and grids keeps inside it.
void check_search(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return;
  constexpr int kSide = 96;
  std::vector<std::uint8_t> pixels(std::size_t{kSide} * kSide);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = bytes[i % bytes.size()];
  const auto relief = hal::relief_of({pixels.data(), kSide, kSide}, 8);
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
