#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ui/kit/box.h"

namespace ui {

using Pixel = std::uint32_t;  // 0x00RRGGBB in native byte order

// Pixels to paint on: memory of its own, or a window's.
class Surface {
 public:
  Surface(int width, int height)
      : own_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)),
        pixels_(own_.data()),
        width_(width),
        height_(height),
        pitch_(width) {}
  // Borrows; `pitch` in pixels from one row to the next.
  Surface(Pixel* pixels, int width, int height, int pitch) : pixels_(pixels), width_(width), height_(height), pitch_(pitch) {}
  Surface(Surface&&) noexcept = default;
  Surface& operator=(Surface&&) noexcept = default;
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  int width() const { return width_; }
  int height() const { return height_; }
  Box box() const { return {0, 0, width_, height_}; }
  Pixel* row(int y) { return pixels_ + static_cast<std::ptrdiff_t>(y) * pitch_; }
  const Pixel* row(int y) const { return pixels_ + static_cast<std::ptrdiff_t>(y) * pitch_; }
  // A part of this surface, with the same pixels; `part` lies inside box().
  Surface part(const Box& part) { return {row(part.y) + part.x, part.w, part.h, pitch_}; }

 private:
  std::vector<Pixel> own_;
  Pixel* pixels_ = nullptr;
  int width_ = 0;
  int height_ = 0;
  int pitch_ = 0;
};

}  // namespace ui
