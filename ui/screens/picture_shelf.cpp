#include "ui/screens/picture_shelf.h"

#include <algorithm>

namespace ui {
namespace {

// Where a shown pixel lies between two of the picture's, in 256ths.
struct Between {
  int first, second, share;
};

Between between(int shown, int of_shown, int of_picture) {
  const int at = std::max(0, (2 * shown + 1) * of_picture * 128 / of_shown - 128);
  const int first = std::min(at / 256, of_picture - 1);
  return {first, std::min(first + 1, of_picture - 1), at % 256};
}

Image picture_in_size(const hal::CameraFrame& picture, int width, int height) {
  std::vector<Between> columns;
  for (int x = 0; x < width; ++x) columns.push_back(between(x, width, picture.width));
  std::vector<std::uint8_t> coverage;
  coverage.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const auto* pixels = picture.pixels.reveal().data();
  const auto level = [](char c) { return static_cast<int>(static_cast<unsigned char>(c)); };
  for (int y = 0; y < height; ++y) {
    const Between row = between(y, height, picture.height);
    const char* above = pixels + static_cast<std::ptrdiff_t>(row.first) * picture.width;
    const char* below = pixels + static_cast<std::ptrdiff_t>(row.second) * picture.width;
    for (const Between& column : columns) {
      const int up = level(above[column.first]) * (256 - column.share) + level(above[column.second]) * column.share;
      const int down = level(below[column.first]) * (256 - column.share) + level(below[column.second]) * column.share;
      coverage.push_back(static_cast<std::uint8_t>((up * (256 - row.share) + down * row.share) >> 16));
    }
  }
  return {width, height, std::move(coverage)};
}

}  // namespace

const Image& PictureShelf::image(const hal::CameraFrame& picture, std::uint64_t number, int width, int height) {
  for (Entry& each : images_)
    if (each.number == number && each.image.width() == width && each.image.height() == height) {
      each.shown = true;
      return each.image;
    }
  images_.push_back({number, picture_in_size(picture, width, height), true});
  return images_.back().image;
}

void PictureShelf::begin() {
  images_.remove_if([](const Entry& each) { return !each.shown; });
  for (Entry& each : images_) each.shown = false;
}

}  // namespace ui
