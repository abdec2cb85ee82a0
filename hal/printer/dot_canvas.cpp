#include "hal/printer/dot_canvas.h"

#include <algorithm>
#include <utility>

#include "base/secret.h"

namespace hal {

DotCanvas::~DotCanvas() { base::wipe(dots_.bytes.data(), dots_.bytes.size()); }

void DotCanvas::extend_to(int height) {
  if (height <= dots_.height) return;
  std::vector<std::uint8_t> longer(static_cast<std::size_t>(height) * static_cast<std::size_t>(dots_.stride()));
  std::copy(dots_.bytes.begin(), dots_.bytes.end(), longer.begin());
  base::wipe(dots_.bytes.data(), dots_.bytes.size());
  dots_.bytes = std::move(longer);
  dots_.height = height;
}

// Ors eight dots in at any column; those beyond an edge fall away.
void DotCanvas::blacken(int x, int y, unsigned eight) {
  const int stride = dots_.stride();
  const int column = x >> 3;
  const unsigned sixteen = eight << (8U - static_cast<unsigned>(x & 7));
  std::uint8_t* row = dots_.bytes.data() + static_cast<std::ptrdiff_t>(y) * stride;
  if (column >= 0 && column < stride) row[column] = static_cast<std::uint8_t>(row[column] | sixteen >> 8U);
  if (column + 1 >= 0 && column + 1 < stride) row[column + 1] = static_cast<std::uint8_t>(row[column + 1] | (sixteen & 0xFFU));
}

void DotCanvas::fill(int x, int y, int width, int height) {
  extend_to(y + height);
  for (int row = y; row < y + height; ++row)
    for (int done = 0; done < width; done += 8) {
      const int count = std::min(8, width - done);
      blacken(x + done, row, (0xFF00U >> static_cast<unsigned>(count)) & 0xFFU);
    }
}

void DotCanvas::put(const typeset::DotBitmap& picture, int x, int y) {
  extend_to(y + picture.height);
  const int stride = picture.stride();
  for (int row = 0; row < picture.height; ++row)
    for (int column = 0; column < stride; ++column)
      if (const unsigned eight = picture.bytes[static_cast<std::size_t>(row * stride + column)]; eight != 0)
        blacken(x + column * 8, y + row, eight);
}

void DotCanvas::put_scaled(const typeset::DotBitmap& picture, int x, int y, int scale) {
  extend_to(y + picture.height * scale);
  for (int row = 0; row < picture.height; ++row)
    for (int column = 0; column < picture.width; ++column)
      if (picture.black(column, row)) fill(x + column * scale, y + row * scale, scale, scale);
}

typeset::DotBitmap DotCanvas::take() { return std::exchange(dots_, typeset::DotBitmap{dots_.width, 0, {}}); }

}  // namespace hal
