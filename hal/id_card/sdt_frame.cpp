#include "hal/id_card/sdt_frame.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>

#include "base/secret.h"

namespace hal {
namespace {

constexpr std::array<std::uint8_t, 5> kPreamble{0xAA, 0xAA, 0xAA, 0x96, 0x69};
constexpr std::array<std::uint8_t, 3> kFrameStart{0xAA, 0x96, 0x69};

std::uint8_t exclusive_or(std::span<const std::uint8_t> bytes) {
  return std::accumulate(bytes.begin(), bytes.end(), std::uint8_t{0}, std::bit_xor<std::uint8_t>{});
}

std::vector<std::uint8_t> encode(std::span<const std::uint8_t> head, std::span<const std::uint8_t> data) {
  const std::size_t length = head.size() + data.size() + 1;
  std::vector<std::uint8_t> frame(kPreamble.begin(), kPreamble.end());
  frame.reserve(frame.size() + 2 + length);
  frame.push_back(static_cast<std::uint8_t>(length >> 8U));
  frame.push_back(static_cast<std::uint8_t>(length & 0xFFU));
  frame.insert(frame.end(), head.begin(), head.end());
  frame.insert(frame.end(), data.begin(), data.end());
  frame.push_back(exclusive_or(std::span(frame).subspan(kPreamble.size())));
  return frame;
}

}  // namespace

std::vector<std::uint8_t> encode_sdt_question(SdtCommand command, std::span<const std::uint8_t> data) {
  const auto code = static_cast<std::uint16_t>(command);
  const std::array head{static_cast<std::uint8_t>(code >> 8U), static_cast<std::uint8_t>(code & 0xFFU)};
  return encode(head, data);
}

std::vector<std::uint8_t> encode_sdt_answer(std::uint8_t sw3, std::span<const std::uint8_t> data) {
  const std::array<std::uint8_t, 3> head{0, 0, sw3};
  return encode(head, data);
}

void SdtDecoder::expect(SdtCommand command) {
  wipe();
  command_ = command;
  begun_ = false;
  damaged_ = 0;
}

void SdtDecoder::wipe() {
  base::wipe(buffer_.data(), buffer_.size());
  size_ = 0;
}

std::optional<SdtAnswer> SdtDecoder::feed(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), buffer_.size() - size_);
    std::memcpy(buffer_.data() + size_, bytes.data(), count);
    size_ += count;
    bytes = bytes.subspan(count);
    if (auto answer = search()) return answer;
  }
  return std::nullopt;
}

// Leaves less than one frame in the buffer, so that feed() always has room.
std::optional<SdtAnswer> SdtDecoder::search() {
  while (size_ > 0) {
    if (!at_frame_start()) {
      advance();
      continue;
    }
    if (size_ >= kFrameStart.size()) begun_ = true;
    if (size_ < kHeader) return std::nullopt;
    const std::size_t length = static_cast<std::size_t>(buffer_[3]) << 8U | buffer_[4];
    const bool possible = length >= kSdtShortestAnswer && length <= kSdtLongestAnswer && sdt_length_possible(command_, length);
    if (possible && size_ < kHeader + length) return std::nullopt;
    if (possible && exclusive_or(std::span(buffer_).subspan(3, 2 + length)) == 0 &&
        sdt_answer_possible(command_, buffer_[kHeader + 2], length)) {
      return SdtAnswer{buffer_[kHeader + 2], std::span(buffer_).subspan(kHeader + 3, length - 4)};
    }
    ++damaged_;
    advance();
  }
  return std::nullopt;
}

bool SdtDecoder::at_frame_start() const {
  const std::size_t known = std::min(size_, kFrameStart.size());
  return std::equal(kFrameStart.begin(), kFrameStart.begin() + static_cast<std::ptrdiff_t>(known), buffer_.begin());
}

// To the next byte that may start a frame: one move, however long the noise.
void SdtDecoder::advance() {
  const auto* const next = std::find(buffer_.data() + 1, buffer_.data() + size_, kFrameStart[0]);
  const auto left = static_cast<std::size_t>(buffer_.data() + size_ - next);
  std::memmove(buffer_.data(), next, left);
  size_ = left;
}

}  // namespace hal
