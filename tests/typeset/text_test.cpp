#include "typeset/text.h"
#include "test_places.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "typeset/missing_fonts.h"

namespace {

using typeset::Align;
using typeset::CoverageBitmap;
using typeset::TextStyle;
using typeset::Typesetter;
using typeset::Weight;

const std::string kFonts = LINLI_SOURCE_DIR "/assets/fonts.conf";

Typesetter& typesetter() {
  static auto one = Typesetter::create(kFonts);
  return **one;
}

TextStyle style(double em, int wrap = 0) {
  TextStyle s;
  s.em_px = em;
  s.wrap_px = wrap;
  return s;
}

bool any_ink(const CoverageBitmap& b) {
  return std::any_of(b.pixels.begin(), b.pixels.end(), [](std::uint8_t p) { return p > 128; });
}

// First and last column with ink.
std::pair<int, int> ink_columns(const CoverageBitmap& b) {
  int first = b.width, last = -1;
  for (int y = 0; y < b.height; ++y)
    for (int x = 0; x < b.width; ++x)
      if (b.pixels[static_cast<std::size_t>(y * b.width + x)] > 64) {
        first = std::min(first, x);
        last = std::max(last, x);
      }
  return {first, last};
}

std::pair<int, int> ink_rows(const CoverageBitmap& b) {
  int first = b.height, last = -1;
  for (int y = 0; y < b.height; ++y)
    for (int x = 0; x < b.width; ++x)
      if (b.pixels[static_cast<std::size_t>(y * b.width + x)] > 64) {
        first = std::min(first, y);
        last = std::max(last, y);
      }
  return {first, last};
}

TEST(ALine, is_line_spacing_times_em_high_in_every_script) {
  for (const char* text : {"社区", "Apply", "བོད་ཡིག", "ئۇيغۇر", "ไทย", "ᠮᠣᠩᠭᠣᠯ", "한국어"}) {
    const auto size = typesetter().measure(text, style(50));
    EXPECT_EQ(size.height, 70) << text;
    EXPECT_EQ(size.lines, 1) << text;
  }
}

TEST(ALine, has_hanzi_exactly_one_em_wide) { EXPECT_EQ(typesetter().measure("高龄津贴申请", style(48)).width, 6 * 48); }

TEST(ALine, has_its_hanzi_in_the_middle) {
  const auto [top, bottom] = ink_rows(typesetter().draw("国", style(100)));
  EXPECT_NEAR((top + bottom) / 2.0, 70, 3);
}

TEST(ALine, is_never_wrapped_when_no_width_is_given) {
  const std::string text(300, 'w');
  EXPECT_EQ(typesetter().measure(text, style(20)).lines, 1);
}

TEST(ALine, breaks_at_a_line_feed) { EXPECT_EQ(typesetter().measure("一\n二", style(20)).lines, 2); }

TEST(AParagraph, wraps_hanzi_at_the_width) {
  const auto size = typesetter().measure("虚构省样例市和平里三号楼", style(40, 200));
  EXPECT_EQ(size.lines, 3);
  EXPECT_EQ(size.height, 3 * 56);
  EXPECT_LE(size.width, 200);
}

TEST(AParagraph, wraps_a_long_number_without_adding_a_hyphen) {
  const auto whole = typesetter().measure("00000019410101002X", style(40));
  const auto size = typesetter().measure("00000019410101002X", style(40, whole.width / 2 + 12));
  EXPECT_EQ(size.lines, 2);
}

TEST(AParagraph, aligns_left_centre_and_right) {
  auto s = style(40, 400);
  EXPECT_LT(ink_columns(typesetter().draw("和平", s)).first, 10);
  s.align = Align::right;
  EXPECT_GT(ink_columns(typesetter().draw("和平", s)).second, 390);
  s.align = Align::centre;
  const auto [first, last] = ink_columns(typesetter().draw("和平", s));
  EXPECT_NEAR(first + last, 400, 6);
}

TEST(AParagraph, begins_at_the_right_edge_when_its_script_does) {
  EXPECT_GT(ink_columns(typesetter().draw("ئۇيغۇر", style(40, 400))).second, 390);
}

constexpr const char* kMongolian = "ᠬᠦᠮᠦᠨ ᠪᠦᠷ ᠲᠥᠷᠥᠵᠦ ᠮᠡᠨᠳᠡᠯᠡᠬᠦ ᠡᠷᠬᠡ";  // the first words of the declaration of human rights

TEST(AMongolianParagraph, stands_in_columns_as_low_as_its_width_allows) {
  const auto wide = typesetter().measure(kMongolian, style(40, 400));
  EXPECT_EQ(wide.lines, 5) << "a word a column";
  EXPECT_EQ(wide.width, 5 * 56);
  const auto narrow = typesetter().measure(kMongolian, style(40, 120));
  EXPECT_EQ(narrow.lines, 2);
  EXPECT_EQ(narrow.width, 2 * 56);
  EXPECT_GT(narrow.height, wide.height);
  const auto bitmap = typesetter().draw(kMongolian, style(40, 120));
  EXPECT_EQ(bitmap.width, 120);
  EXPECT_EQ(bitmap.height, narrow.height);
}

// The picture of the first word alone is the left end of the picture of all, column by column.
TEST(AMongolianParagraph, begins_at_the_left_and_goes_on_to_the_right) {
  const auto word = typesetter().draw("ᠬᠦᠮᠦᠨ", style(40, 56));
  const auto all = typesetter().draw(kMongolian, style(40, 400));
  ASSERT_EQ(word.width, 56);
  for (int y = 0; y < std::min(word.height, all.height); ++y)
    for (int x = 0; x < word.width; ++x)
      ASSERT_EQ(word.pixels[static_cast<std::size_t>(y * word.width + x)],
                all.pixels[static_cast<std::size_t>(y * all.width + x)])
          << x << ", " << y;
}

// Turned by a quarter, the lying line is the column; hanzi in it are not turned with it.
TEST(AMongolianParagraph, keeps_hanzi_on_their_feet) {
  const auto column = typesetter().draw("ᠠ 一", style(60, 84));
  const auto hanzi = typesetter().draw("一", style(60));
  const auto [top, bottom] = ink_rows(hanzi);
  const auto [first, last] = ink_rows(column);
  EXPECT_GT(last - first, 60);
  // The last ink of the column is a flat stroke, as of the hanzi alone.
  int flat = 0;
  for (int x = 0; x < column.width; ++x)
    flat += column.pixels[static_cast<std::size_t>((last - 1) * column.width + x)] > 64 ? 1 : 0;
  EXPECT_GT(flat, 3 * (bottom - top));
}

TEST(AMongolianParagraph, lies_where_its_style_wants_that) {
  auto low = style(40, 400);
  low.lying = true;
  EXPECT_EQ(typesetter().measure(kMongolian, low).lines, 2);
  EXPECT_EQ(typesetter().measure("ᠬᠦᠮᠦᠨ", style(40)).height, 56) << "a single line";
}

TEST(Drawing, fills_exactly_the_measured_box) {
  const auto size = typesetter().measure("和平 Peace", style(33));
  const auto bitmap = typesetter().draw("和平 Peace", style(33));
  EXPECT_EQ(bitmap.width, size.width);
  EXPECT_EQ(bitmap.height, size.height);
  EXPECT_EQ(bitmap.pixels.size(), static_cast<std::size_t>(size.width * size.height));
  EXPECT_TRUE(any_ink(bitmap));
}

TEST(Drawing, is_darker_in_bold) {
  auto s = style(40);
  const auto sum = [](const CoverageBitmap& b) {
    long total = 0;
    for (auto p : b.pixels) total += p;
    return total;
  };
  const long regular = sum(typesetter().draw("申请回执", s));
  s.weight = Weight::bold;
  EXPECT_GT(sum(typesetter().draw("申请回执", s)), regular * 5 / 4);
}

TEST(Drawing, of_nothing_is_an_empty_picture) {
  EXPECT_EQ(typesetter().draw("", style(40)).width, 0);
  EXPECT_TRUE(typesetter().draw("", style(40)).pixels.empty());
}

TEST(Drawing, of_a_picture_too_wide_for_cairo_gives_nothing) { EXPECT_EQ(typesetter().draw("x", style(40, 100'000)).width, 0); }

TEST(ARareName, draws_with_extension_a_and_b_characters) {
  for (const char* name : {"王𬎆䶮", "𠮷", "㛃", "𬱖"}) {
    EXPECT_EQ(typesetter().missing_glyphs(name, style(40)), 0) << name;
    EXPECT_TRUE(any_ink(typesetter().draw(name, style(40)))) << name;
  }
}

TEST(Glyphs, of_every_script_of_the_country_are_there) {
  for (const char* text : {"བོད་ཡིག", "ئۇيغۇرچە", "ᠮᠣᠩᠭᠣᠯ", "ꆈꌠꉙ", "조선말", "Vahcuengh", "ᥖᥭᥰ"})
    EXPECT_EQ(typesetter().missing_glyphs(text, style(40)), 0) << text;
}

TEST(Glyphs, that_no_font_has_are_counted) {
  EXPECT_EQ(typesetter().missing_glyphs("a\xF3\xB0\x80\x80\xF3\xB0\x80\x81z", style(40)), 2);  // two private-use characters
}

TEST(Glyphs, that_no_font_has_are_drawn_as_the_mark_for_a_missing_type) {
  EXPECT_EQ(typesetter().draw("王\xF3\xB0\x80\x80", style(40)).pixels, typesetter().draw("王〓", style(40)).pixels);
  EXPECT_EQ(typesetter().missing_glyphs("〓", style(40)), 0);
}

// Which character it was is somebody's name.
TEST(Glyphs, that_no_font_has_are_told_once_by_their_block) {
  auto own = *Typesetter::create(kFonts);
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) own->draw("王\xF3\xB0\x80\x80\xF3\xB0\x80\x81", style(40));
  const std::string log = testing::internal::GetCapturedStderr();
  const auto told = log.find("FONT-002 no font has a character of U+F0000 to U+F00FF");
  ASSERT_NE(told, std::string::npos) << log;
  EXPECT_EQ(log.find("FONT-002", told + 1), std::string::npos) << log;
}

TEST(Text, shows_a_replacement_character_for_invalid_bytes) {
  const auto good = typesetter().measure("a\xEF\xBF\xBD", style(40));
  EXPECT_EQ(typesetter().measure("a\xFF", style(40)).width, good.width);
  EXPECT_EQ(typesetter().measure("a\xE5\x92", style(40)).lines, 1);
}

TEST(Text, drops_control_characters) {
  const auto plain = typesetter().measure("ab", style(40));
  EXPECT_EQ(typesetter()
                .measure(std::string_view("a\x1b\t\0\r\xC2\x9B"
                                          "b",
                                          8),
                         style(40))
                .width,
            plain.width);
}

TEST(Pictograms, are_drawn_by_code_point) {
  auto s = style(96);
  s.face = typeset::Face::pictogram;
  const char* home = "\xEF\x8B\x9C";  // U+F2DC home
  EXPECT_EQ(typesetter().missing_glyphs(home, s), 0);
  EXPECT_TRUE(any_ink(typesetter().draw(home, s)));
}

TEST(ATypesetter, works_on_a_second_thread_beside_the_first) {
  int there = 0;
  std::thread printer([&there] {
    auto own = Typesetter::create(kFonts);
    for (int i = 0; i < 20; ++i) there = (*own)->measure("高龄津贴", style(20 + i)).width;
  });
  for (int i = 0; i < 20; ++i) typesetter().draw("高龄津贴", style(20 + i));
  printer.join();
  EXPECT_EQ(there, 4 * 39);
}

std::string configuration_with(const std::string& name, const std::string& folder) {
  const std::string path = std::string(LINLI_BINARY_DIR) + "/" + name;
  std::ofstream(path) << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig><dir>"
                      << folder << "</dir><cachedir>/var/cache/fontconfig</cachedir></fontconfig>";
  return path;
}

TEST(AMissingFont, is_named_with_its_package) {
  const auto no_cjk =
      Typesetter::create(configuration_with("no_cjk.conf", "/usr/share/fonts/truetype/materialdesignicons-webfont"));
  ASSERT_FALSE(no_cjk);
  EXPECT_EQ(no_cjk.error().failure, base::Failure::font_missing);
  EXPECT_NE(no_cjk.error().detail.find("install the package fonts-noto-cjk"), std::string::npos);

  const auto no_icons = Typesetter::create(configuration_with("no_icons.conf", "/usr/share/fonts/opentype/noto"));
  ASSERT_FALSE(no_icons);
  EXPECT_NE(no_icons.error().detail.find("fonts-materialdesignicons-webfont"), std::string::npos);
}

TEST(AMissingFont, of_another_script_is_named_and_the_rest_is_shown) {
  const auto plain = configuration_with("plain.conf",
                                        "/usr/share/fonts/opentype/noto</dir><dir>/usr/share/fonts/truetype/"
                                        "materialdesignicons-webfont");
  EXPECT_TRUE(Typesetter::create(plain));
  const auto missing = typeset::missing_fonts(plain);
  ASSERT_TRUE(missing);
  EXPECT_THAT(*missing, testing::Contains("font \"Noto Serif Tibetan\" not found; install the package fonts-noto-core"));
  EXPECT_THAT(*missing, testing::Contains("font \"HanaMinB\" not found; install the package fonts-hanazono"));
  EXPECT_THAT(*typeset::missing_fonts(kFonts), testing::IsEmpty());
}

TEST(AMissingFont, configuration_is_an_error_too) {
  const auto none = Typesetter::create("/nonexistent/fonts.conf");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().failure, base::Failure::font_missing);
}

}  // namespace
