// Frames and orders on the way between a camera's driver and its transport (V4L2, or a model of a camera): a read gives
// one frame, a write is one order. Codec only; a frame's bytes come from outside.
//
//   frame   format u8 ('G' grey, 'Y' YUYV), zero u8, width u16, height u16, bytes from row to row u16; then the rows
//   order   'S' start the sensor, 'E' end: it is off
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "hal/camera.h"

namespace hal {

enum class PixelFormat : std::uint8_t { grey = 'G', yuyv = 'Y' };
enum class SensorOrder : std::uint8_t { start = 'S', end = 'E' };

struct FrameHead {
  PixelFormat format = PixelFormat::grey;
  int width = 0;
  int height = 0;
  int stride = 0;  // bytes

  // Of the rows; the last may end with its last pixel.
  std::size_t least_bytes() const;
};

inline constexpr std::size_t kFrameHeadSize = 8;
inline constexpr std::size_t kMostFrameBytes = kFrameHeadSize + 2 * 1920 * 1080;

std::array<std::uint8_t, kFrameHeadSize> encode(const FrameHead& head);
// The frame in grey. Nothing when the head is none, the size is one that no decoder takes, or rows are missing.
std::optional<CameraFrame> parse_frame(std::span<const std::uint8_t> bytes);

}  // namespace hal
