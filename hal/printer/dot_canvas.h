// Paper being composed: as wide as the print head, as long as what has been put on it.
#pragma once

#include "typeset/bitmap.h"

namespace hal {

class DotCanvas {
 public:
  explicit DotCanvas(int width) {  // a multiple of 8
    dots_.width = width;
  }
  ~DotCanvas();  // overwrites the dots
  DotCanvas(const DotCanvas&) = delete;
  DotCanvas& operator=(const DotCanvas&) = delete;

  int width() const { return dots_.width; }
  int height() const { return dots_.height; }
  void extend_to(int height);  // with white; never shortens
  // Blackens; what lies outside the width is left out, what lies below makes the paper longer.
  void put(const typeset::DotBitmap& picture, int x, int y);
  void put_scaled(const typeset::DotBitmap& picture, int x, int y, int scale);  // a dot becomes scale × scale dots
  void fill(int x, int y, int width, int height);
  typeset::DotBitmap take();

 private:
  void blacken(int x, int y, unsigned eight);
  typeset::DotBitmap dots_;
};

}  // namespace hal
