#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/secret.h"

namespace ui {

// 8-bit coverage, drawn in whatever colour is asked. The serial names these pixels for ever, so that two frames can be
// compared without looking at pixels. Overwritten when destroyed: a text image may spell a name.
class Image {
 public:
  Image(int width, int height, std::vector<std::uint8_t> coverage);
  ~Image() { base::wipe(coverage_.data(), coverage_.size()); }
  Image(Image&&) noexcept = default;
  Image& operator=(Image&&) = delete;
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  int width() const { return width_; }
  int height() const { return height_; }
  std::uint64_t serial() const { return serial_; }
  std::size_t bytes() const { return coverage_.size(); }
  const std::uint8_t* row(int y) const { return coverage_.data() + static_cast<std::ptrdiff_t>(y) * width_; }

 private:
  int width_;
  int height_;
  std::vector<std::uint8_t> coverage_;
  std::uint64_t serial_;
};

}  // namespace ui
