// What the kiosk and the process that looks into frames say to each other, a datagram each. The pixels lie in memory that
// both see; the bytes of a code come back in the reply. Numbers are little-endian.
//
//   request  sequence u32, width u16, height u16
//   reply    sequence u32, outcome u8, modifier u8, flags u8, zero u8, size u16, the bytes of the code
//
// The first reply comes unasked, with sequence 0: the process is ready. Codecs only; whatever comes is hostile.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hal {

inline constexpr int kSmallestFrameSide = 64;   // pixels
inline constexpr int kLargestFrameSide = 4096;  //
inline constexpr std::size_t kMostFramePixels = 1920 * 1080;
inline constexpr std::size_t kMostReplyBytes = 10 + 2953;  // the largest QR code in byte mode

constexpr bool is_frame_size(int width, int height) {
  return width >= kSmallestFrameSide && height >= kSmallestFrameSide && width <= kLargestFrameSide &&
         height <= kLargestFrameSide && static_cast<std::size_t>(width) * static_cast<std::size_t>(height) <= kMostFramePixels;
}

struct DecoderRequest {
  std::uint32_t sequence = 0;
  int width = 0;
  int height = 0;
};

struct DecoderReply {
  enum class Outcome : std::uint8_t { nothing, symbol, ready };
  std::uint32_t sequence = 0;
  Outcome outcome = Outcome::nothing;
  char modifier = '1';
  bool structured_append = false;
  bool reader_init = false;
  bool filtered = false;  // of `ready`: system calls are limited by seccomp
  std::string bytes;      // personal: wipe it
};

std::vector<std::uint8_t> encode(const DecoderRequest& request);
std::vector<std::uint8_t> encode(const DecoderReply& reply);
// Nothing when it is not one, byte for byte.
std::optional<DecoderRequest> parse_decoder_request(std::span<const std::uint8_t> bytes);
std::optional<DecoderReply> parse_decoder_reply(std::span<const std::uint8_t> bytes);

}  // namespace hal
