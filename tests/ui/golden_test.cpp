// Every screen beside a picture of it that somebody looked at. What is kept is the brightness of a grid of cells, a text that
// a change shows up in line by line. After a wanted change: LINLI_GOLDEN=update build/dev/bin/ui_tests --gtest_filter='*Golden*',
// and look at what `./dev shots` draws before committing it.
#include <gmock/gmock.h>
#include <stdlib.h>

#include <fstream>
#include <map>

#include "test_places.h"
#include "tests/ui/support.h"
#include "ui/screens/contact_sheet.h"
#include "ui/screens/gallery.h"

namespace ui {
namespace {

constexpr int kCellPixels = 60;
constexpr int kTolerance = 3;  // of 64 levels; a line of text that moves by its own height changes more
constexpr std::string_view kLevels = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

int level_of_cell(const Surface& picture, int left, int top) {
  long sum = 0;
  for (int y = top; y < top + kCellPixels; ++y)
    for (int x = left; x < left + kCellPixels; ++x) {
      const Pixel pixel = picture.row(y)[x];
      sum += static_cast<long>(2 * (pixel >> 16 & 0xFFU) + 7 * (pixel >> 8 & 0xFFU) + (pixel & 0xFFU));
    }
  return static_cast<int>(sum / (10L * kCellPixels * kCellPixels) / 4);
}

// A line of levels for each row of cells.
std::vector<std::string> golden_of(const Surface& picture) {
  std::vector<std::string> rows;
  for (int top = 0; top + kCellPixels <= picture.height(); top += kCellPixels) {
    rows.emplace_back();
    for (int left = 0; left + kCellPixels <= picture.width(); left += kCellPixels)
      rows.back() += kLevels.at(static_cast<std::size_t>(level_of_cell(picture, left, top)));
  }
  return rows;
}

using Goldens = std::map<std::string, std::vector<std::string>>;  // by page

Goldens read_goldens(const std::filesystem::path& path) {
  Goldens all;
  std::ifstream file(path);
  std::string page;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("= "))
      page = line.substr(2);
    else if (!line.empty() && line.front() != '#')
      all[page].push_back(line);
  }
  return all;
}

void write_goldens(const std::filesystem::path& path, const Goldens& all) {
  std::ofstream file(path);
  file << "# Brightness of " << kCellPixels << " × " << kCellPixels
       << " pixels a character, 0 dark to _ light (golden_test.cpp).\n";
  for (const auto& [page, rows] : all) {
    file << "= " << page << '\n';
    for (const std::string& row : rows) file << row << '\n';
  }
}

void frame(Surface& picture, const Box& box) {
  for (int y = box.y; y < box.bottom(); ++y)
    for (int x = box.x; x < box.right(); ++x)
      if (std::min({x - box.x, y - box.y, box.right() - 1 - x, box.bottom() - 1 - y}) < 4) picture.row(y)[x] = 0xE00000;
}

Surface copy_of(const Surface& picture) {
  Surface copy(picture.width(), picture.height());
  for (int y = 0; y < picture.height(); ++y) std::copy_n(picture.row(y), picture.width(), copy.row(y));
  return copy;
}

// The cells that differ, framed in the picture; nothing when it is as it was.
std::optional<Surface> difference(const Surface& picture, const std::vector<std::string>& now,
                                  const std::vector<std::string>& then) {
  std::optional<Surface> sheet;
  for (std::size_t y = 0; y < now.size(); ++y)
    for (std::size_t x = 0; x < now[y].size(); ++x) {
      const bool known = y < then.size() && x < then[y].size();
      const auto level = [&](char c) { return static_cast<int>(kLevels.find(c)); };
      if (known && std::abs(level(now[y][x]) - level(then[y][x])) <= kTolerance) continue;
      if (!sheet) sheet = copy_of(picture);
      frame(*sheet, {static_cast<int>(x) * kCellPixels, static_cast<int>(y) * kCellPixels, kCellPixels, kCellPixels});
    }
  return sheet;
}

class GoldenPictures : public testing::TestWithParam<GallerySetting> {};

TEST_P(GoldenPictures, are_what_the_screens_still_look_like) {
  const std::string name = GetParam().name();
  const std::filesystem::path kept = std::filesystem::path(LINLI_SOURCE_DIR) / "tests/ui/golden" / (name + ".txt");
  const std::filesystem::path sheets = std::filesystem::path(LINLI_BINARY_DIR) / "golden";
  std::filesystem::create_directories(sheets);
  const char* wish = getenv("LINLI_GOLDEN");
  const bool update = wish != nullptr && std::string_view(wish) == "update";
  Goldens then = read_goldens(kept);
  Goldens now;
  const GalleryParts parts{typesetter(), translations(), hall(), services()};
  const auto drawn = draw_all(parts, GetParam(), [&](const std::string& page, const Surface& picture) -> base::Status {
    const auto& rows = now[page] = golden_of(picture);
    if (update) return {};
    const auto sheet = difference(picture, rows, then[page]);
    if (!sheet) return {};
    const auto path = sheets / (page + "-" + name + ".png");
    ADD_FAILURE() << page << " looks different: " << path << (then[page].empty() ? " (it is new)" : "");
    return write_surface(path, *sheet);
  });
  ASSERT_TRUE(drawn) << drawn.error().detail;
  if (update) return write_goldens(kept, now);
  for (const auto& [page, rows] : then) EXPECT_TRUE(now.contains(page)) << page << " is gone";
}

INSTANTIATE_TEST_SUITE_P(, GoldenPictures,
                         testing::Values(GallerySetting{"zh"},
                                         GallerySetting{"en", kiosk::TextStep::normal, kiosk::Theme::standard, true}),
                         [](const auto& setting) {
                           std::string name = setting.param.name();
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace ui
