#include "hal/camera/frame_wire.h"

#include <string>

#include "hal/frame_decoder/decoder_message.h"

namespace hal {
namespace {

constexpr std::size_t bytes_of_pixel(PixelFormat format) { return format == PixelFormat::yuyv ? 2 : 1; }

std::optional<FrameHead> parse_head(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kFrameHeadSize || bytes[1] != 0) return std::nullopt;
  const auto number = [&](std::size_t at) { return bytes[at] | bytes[at + 1] << 8; };
  FrameHead head{static_cast<PixelFormat>(bytes[0]), number(2), number(4), number(6)};
  if (head.format != PixelFormat::grey && head.format != PixelFormat::yuyv) return std::nullopt;
  if (!is_frame_size(head.width, head.height)) return std::nullopt;
  if (static_cast<std::size_t>(head.stride) < static_cast<std::size_t>(head.width) * bytes_of_pixel(head.format))
    return std::nullopt;
  return head;
}

}  // namespace

std::size_t FrameHead::least_bytes() const {
  return static_cast<std::size_t>(stride) * static_cast<std::size_t>(height - 1) +
         static_cast<std::size_t>(width) * bytes_of_pixel(format);
}

std::array<std::uint8_t, kFrameHeadSize> encode(const FrameHead& head) {
  const auto low = [](int number) { return static_cast<std::uint8_t>(number & 0xFF); };
  const auto high = [](int number) { return static_cast<std::uint8_t>(number >> 8 & 0xFF); };
  return {static_cast<std::uint8_t>(head.format),
          0,
          low(head.width),
          high(head.width),
          low(head.height),
          high(head.height),
          low(head.stride),
          high(head.stride)};
}

std::optional<CameraFrame> parse_frame(std::span<const std::uint8_t> bytes) {
  const auto head = parse_head(bytes);
  if (!head) return std::nullopt;
  const auto rows = bytes.subspan(kFrameHeadSize);
  if (rows.size() < head->least_bytes()) return std::nullopt;
  const auto width = static_cast<std::size_t>(head->width);
  std::string pixels;
  pixels.reserve(width * static_cast<std::size_t>(head->height));
  const std::size_t step = bytes_of_pixel(head->format);
  for (int y = 0; y < head->height; ++y) {
    const auto row = rows.subspan(static_cast<std::size_t>(y) * static_cast<std::size_t>(head->stride), width * step);
    for (std::size_t x = 0; x < row.size(); x += step) pixels.push_back(static_cast<char>(row[x]));
  }
  CameraFrame frame{head->width, head->height, base::Secret(pixels)};
  base::wipe(pixels);
  return frame;
}

}  // namespace hal
