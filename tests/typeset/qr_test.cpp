#include "typeset/qr.h"

#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

namespace {

// Four dots a module with the quiet zone, as a reader wants it.
ZXing::Result read_back(const typeset::DotBitmap& code) {
  constexpr int kModule = 4, kQuiet = 4;
  const int side = (code.width + 2 * kQuiet) * kModule;
  std::vector<std::uint8_t> grey(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255);
  for (int y = 0; y < code.height * kModule; ++y)
    for (int x = 0; x < code.width * kModule; ++x)
      if (code.black(x / kModule, y / kModule))
        grey[static_cast<std::size_t>((y + kQuiet * kModule) * side + x + kQuiet * kModule)] = 0;
  return ZXing::ReadBarcode({grey.data(), side, side, ZXing::ImageFormat::Lum},
                            ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
}

std::string bytes_of(const ZXing::Result& result) { return {result.bytes().begin(), result.bytes().end()}; }

TEST(AQrCode, reads_back_at_error_correction_level_m) {
  const auto code = typeset::qr_code("linli:HP-03:7K4-29M-6");
  ASSERT_TRUE(code);
  const auto result = read_back(*code);
  EXPECT_EQ(bytes_of(result), "linli:HP-03:7K4-29M-6");
  EXPECT_EQ(result.ecLevel(), L"M");
}

TEST(AQrCode, carries_chinese) {
  const auto code = typeset::qr_code("和平社区𬎆");
  ASSERT_TRUE(code);
  EXPECT_EQ(bytes_of(read_back(*code)), "和平社区𬎆");
}

TEST(AQrCode, has_no_margin_and_one_dot_a_module) {
  const auto code = typeset::qr_code("A");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->width, 21);
  EXPECT_EQ(code->height, 21);
  EXPECT_TRUE(code->black(0, 0));
  EXPECT_TRUE(code->black(20, 0));
}

TEST(AQrCode, spends_no_room_on_a_charset_mark_for_plain_ascii) {
  EXPECT_EQ(typeset::qr_code(std::string(14, 'x'))->width, 21);  // the most bytes of version 1-M
  EXPECT_EQ(typeset::qr_code(std::string(15, 'x'))->width, 25);
}

TEST(AQrCode, holds_2331_bytes_and_refuses_more) {
  EXPECT_TRUE(typeset::qr_code(std::string(2331, 'x')));
  EXPECT_FALSE(typeset::qr_code(std::string(2332, 'x')));
  EXPECT_FALSE(typeset::qr_code(""));
}

}  // namespace
