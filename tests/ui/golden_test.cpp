// Every screen as it was when somebody last looked at it and found it good. What changed is shown in a sheet: was, is, where.
//
//   LINLI_GOLDEN=write ./dev test --quick ui:Golden      after looking, takes the pictures of now as the good ones
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "test_places.h"
#include "tests/ui/support.h"
#include "typeset/png.h"
#include "ui/screens/contact_sheet.h"
#include "ui/screens/gallery.h"

namespace ui {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kTolerance = 24;     // of 255, of one colour of one pixel
constexpr double kMostDiffering = 0.4;  // percent of a picture's pixels

const fs::path kGolden = fs::path(LINLI_SOURCE_DIR) / "tests/ui/golden";
const fs::path kDifferences = fs::path(LINLI_BINARY_DIR) / "golden-differences";

struct Shot {
  std::string name;
  Surface picture;  // a thumbnail
};

// One file for a setting: thumbnails below each other, and their names beside it.
struct Album {
  std::vector<Shot> shots;

  static Album of_now(const GallerySetting& setting) {
    Album album;
    const auto drawn = draw_all({typesetter(), translations(), hall(), services()}, setting,
                                [&](const std::string& name, const Surface& picture) {
                                  album.shots.push_back({name, thumbnail(picture)});
                                  return base::Status{};
                                });
    EXPECT_TRUE(drawn);
    return album;
  }

  static Album read(const std::string& name) {
    Album album;
    const auto picture = typeset::read_png(kGolden / (name + ".png"));
    std::ifstream names(kGolden / (name + ".txt"));
    std::vector<std::string> all;
    for (std::string line; std::getline(names, line);) all.push_back(line);
    if (!picture || all.empty()) return album;
    const int height = picture->height / static_cast<int>(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      Surface part(picture->width, height);
      const auto first = picture->pixels.begin() + static_cast<std::ptrdiff_t>(i) * height * picture->width;
      std::transform(first, first + static_cast<std::ptrdiff_t>(height) * picture->width, part.row(0),
                     [](std::uint32_t pixel) { return pixel & 0xFFFFFFU; });
      album.shots.push_back({all[i], std::move(part)});
    }
    return album;
  }

  void write(const std::string& name) const {
    fs::create_directories(kGolden);
    std::vector<Pixel> pixels;
    std::ofstream names(kGolden / (name + ".txt"));
    for (const Shot& shot : shots) {
      names << shot.name << '\n';
      pixels.insert(pixels.end(), shot.picture.row(0),
                    shot.picture.row(0) + static_cast<std::ptrdiff_t>(shot.picture.width()) * shot.picture.height());
    }
    const int width = shots.front().picture.width();
    ASSERT_TRUE(typeset::write_png(kGolden / (name + ".png"), pixels, width, static_cast<int>(pixels.size()) / width));
  }

  const Surface* find(const std::string& name) const {
    for (const Shot& shot : shots)
      if (shot.name == name) return &shot.picture;
    return nullptr;
  }
};

bool differs(Pixel a, Pixel b) {
  for (unsigned c = 0; c < 24; c += 8) {
    const int step = static_cast<int>(a >> c & 255U) - static_cast<int>(b >> c & 255U);
    if (static_cast<unsigned>(std::abs(step)) > kTolerance) return true;
  }
  return false;
}

// Percent of pixels that differ; `where` gets them in red on a pale picture.
double difference(const Surface& was, const Surface& is, Surface& where) {
  if (was.width() != is.width() || was.height() != is.height()) return 100.0;
  long differing = 0;
  for (int y = 0; y < is.height(); ++y)
    for (int x = 0; x < is.width(); ++x) {
      const bool other = differs(was.row(y)[x], is.row(y)[x]);
      differing += other ? 1 : 0;
      where.row(y)[x] = other ? 0xC00000U : (is.row(y)[x] >> 2U & 0x3F3F3FU) + 0xC0C0C0U;
    }
  return 100.0 * static_cast<double>(differing) / (static_cast<double>(is.width()) * is.height());
}

Surface copy_of(const Surface& surface) {
  Surface copy(surface.width(), surface.height());
  for (int y = 0; y < surface.height(); ++y) std::copy_n(surface.row(y), surface.width(), copy.row(y));
  return copy;
}

class Golden : public testing::TestWithParam<GallerySetting> {};

TEST_P(Golden, pictures_look_as_they_did) {
  const std::string name = GetParam().name();
  const Album now = Album::of_now(GetParam());
  if (const char* wish = std::getenv("LINLI_GOLDEN"); wish != nullptr && std::string_view(wish) == "write")
    return now.write(name);
  const Album golden = Album::read(name);
  ContactSheet sheet;
  int changed = 0;
  for (const Shot& shot : now.shots) {
    const Surface* was = golden.find(shot.name);
    if (was == nullptr) continue;  // a new screen; it is taken in at the next writing
    Surface where(shot.picture.width(), shot.picture.height());
    const double percent = difference(*was, shot.picture, where);
    if (percent <= kMostDiffering) continue;
    ++changed;
    ADD_FAILURE() << shot.name << ": " << percent << " % of the pixels differ";
    sheet.begin_block();
    sheet.add(copy_of(*was));
    sheet.add(copy_of(shot.picture));
    sheet.add(std::move(where));
  }
  for (const Shot& shot : golden.shots) EXPECT_NE(now.find(shot.name), nullptr) << shot.name << " is gone";
  if (changed == 0) return;
  fs::create_directories(kDifferences);
  EXPECT_TRUE(sheet.write(kDifferences / (name + ".png")));
  ADD_FAILURE() << "was, is and where: " << (kDifferences / (name + ".png")).string()
                << "\nwhen it is meant: LINLI_GOLDEN=write ./dev test --quick ui:Golden";
}

std::vector<GallerySetting> settings() {
  using kiosk::TextStep;
  using kiosk::Theme;
  return {{"zh", TextStep::normal, Theme::standard, false, false},
          {"zh", TextStep::normal, Theme::standard, true, false},
          {"en", TextStep::normal, Theme::standard, false, false},
          {"zh", TextStep::largest, Theme::white_on_black, false, false}};
}

INSTANTIATE_TEST_SUITE_P(Screens, Golden, testing::ValuesIn(settings()), [](const auto& of) {
  std::string name = of.param.name();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace ui
