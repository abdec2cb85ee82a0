#include "typeset/bitmap.h"

#include "typeset/text.h"

namespace typeset {

DotBitmap to_dots(const CoverageBitmap& bitmap, std::uint8_t threshold) {
  DotBitmap dots{bitmap.width, bitmap.height, {}};
  const auto width = static_cast<std::size_t>(bitmap.width);
  const auto stride = static_cast<std::size_t>(dots.stride());
  dots.bytes.resize(stride * static_cast<std::size_t>(bitmap.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(bitmap.height); ++y) {
    const std::uint8_t* row = bitmap.pixels.data() + y * width;
    std::uint8_t* packed = dots.bytes.data() + y * stride;
    for (std::size_t x = 0; x < width; ++x)
      packed[x / 8] = static_cast<std::uint8_t>(packed[x / 8] | (row[x] >= threshold ? 0x80U >> (x % 8) : 0U));
  }
  return dots;
}

}  // namespace typeset
