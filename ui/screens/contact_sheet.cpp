#include "ui/screens/contact_sheet.h"

#include <algorithm>
#include <array>

#include "typeset/png.h"

namespace ui {
namespace {

constexpr int kGapPixels = 8;
constexpr int kSheetWidth = 2300;  // pixels
constexpr Pixel kGround{0x808080};

Pixel average(const Surface& surface, int left, int top) {
  std::array<unsigned, 3> sum{};
  for (int y = 0; y < kThumbnail; ++y)
    for (int x = 0; x < kThumbnail; ++x)
      for (unsigned c = 0; c < 3; ++c) sum[c] += surface.row(top + y)[left + x] >> 8U * c & 255U;
  constexpr unsigned kPixels = kThumbnail * kThumbnail;
  return sum[2] / kPixels << 16U | sum[1] / kPixels << 8U | sum[0] / kPixels;
}

// Where the pictures of a block stand: `columns` beside each other.
struct Grid {
  int columns, cell_w, cell_h, rows;
  explicit Grid(const std::vector<Surface>& block)
      : columns(std::max(1, (kSheetWidth - kGapPixels) / (block.front().width() + kGapPixels))),
        cell_w(block.front().width() + kGapPixels),
        cell_h(block.front().height() + kGapPixels),
        rows((static_cast<int>(block.size()) + columns - 1) / columns) {}
};

void place(Surface& sheet, const Surface& picture, int x, int y) {
  for (int row = 0; row < picture.height(); ++row) std::copy_n(picture.row(row), picture.width(), sheet.row(y + row) + x);
}

}  // namespace

base::Status write_surface(const std::filesystem::path& path, const Surface& surface) {
  return typeset::write_png(
      path, {surface.row(0), static_cast<std::size_t>(surface.width()) * static_cast<std::size_t>(surface.height())},
      surface.width(), surface.height());
}

Surface thumbnail(const Surface& surface) {
  Surface small(surface.width() / kThumbnail, surface.height() / kThumbnail);
  for (int y = 0; y < small.height(); ++y)
    for (int x = 0; x < small.width(); ++x) small.row(y)[x] = average(surface, x * kThumbnail, y * kThumbnail);
  return small;
}

void ContactSheet::add(Surface picture) {
  if (blocks_.empty()) begin_block();
  blocks_.back().push_back(std::move(picture));
}

base::Status ContactSheet::write(const std::filesystem::path& path) const {
  int height = kGapPixels;
  int width = 0;
  for (const Block& block : blocks_) {
    if (block.empty()) continue;
    const Grid grid(block);
    height += grid.rows * grid.cell_h;
    width = std::max(width, std::min(grid.columns, static_cast<int>(block.size())) * grid.cell_w + kGapPixels);
  }
  if (width == 0) return {};
  Surface sheet(width, height);
  for (int y = 0; y < height; ++y) std::fill_n(sheet.row(y), width, kGround);
  int top = kGapPixels;
  for (const Block& block : blocks_) {
    if (block.empty()) continue;
    const Grid grid(block);
    int number = 0;
    for (const Surface& picture : block) {
      place(sheet, picture, kGapPixels + number % grid.columns * grid.cell_w, top + number / grid.columns * grid.cell_h);
      ++number;
    }
    top += grid.rows * grid.cell_h;
  }
  return write_surface(path, sheet);
}

}  // namespace ui
