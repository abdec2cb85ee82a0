#include "typeset/png.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "test_places.h"

namespace {

const std::filesystem::path kFile = std::filesystem::path(LINLI_BINARY_DIR) / "png_test.png";

TEST(APngFile, of_dots_is_as_large_as_they_are) {
  ASSERT_TRUE(typeset::write_png(kFile, typeset::DotBitmap{9, 2, {0xFF, 0x80, 0x00, 0x00}}));
  const auto bytes = base::read_file(kFile);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->substr(1, 3), "PNG");
  EXPECT_EQ((*bytes)[19], 9);  // IHDR width, last byte
  EXPECT_EQ((*bytes)[23], 2);
}

TEST(APngFile, is_refused_when_pixels_and_size_disagree) {
  const std::vector<std::uint32_t> pixels(5);
  EXPECT_FALSE(typeset::write_png(kFile, pixels, 2, 2));
  EXPECT_FALSE(typeset::write_png(kFile, {}, 0, 0));
}

TEST(APngFile, that_cannot_be_written_is_an_error) {
  EXPECT_FALSE(typeset::write_png("/nonexistent/x.png", typeset::DotBitmap{8, 1, {0xFF}}));
}

}  // namespace
