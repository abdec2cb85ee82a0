// Receipts, read back from the paper of the printer's model by a decoder that shares nothing with us (zbar).
#include "hal/printer/receipt_layout.h"

#include <array>
#include <cstdio>

#include "test_places.h"
#include "tests/hal/printer_rig.h"
#include "typeset/png.h"

namespace {

using namespace printer_rig;

std::string decode(const typeset::DotBitmap& paper, const std::string& name) {
  const std::string file = std::string(LINLI_BINARY_DIR) + "/" + name + ".png";
  EXPECT_TRUE(typeset::write_png(file, paper));
  std::FILE* pipe = popen(("zbarimg --quiet --raw -Sdisable -Sqrcode.enable '" + file + "' 2>/dev/null").c_str(), "r");
  std::string text;
  for (std::array<char, 256> buffer{}; std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr;)
    text += buffer.data();
  EXPECT_EQ(pclose(pipe), 0) << "zbarimg (package zbar-tools) found nothing in " << file;
  return text.empty() ? text : text.substr(0, text.size() - 1);
}

typeset::Typesetter& typesetter() {
  static auto one = typeset::Typesetter::create(kFonts);
  return **one;
}

typeset::DotBitmap laid_out(hal::PrintDocument document, const std::string& profile_name = "generic-80mm") {
  auto picture = hal::lay_out(document, profile(profile_name), typesetter());
  EXPECT_TRUE(picture);
  return *picture;
}

int rows_with_ink(const typeset::DotBitmap& picture) {
  int rows = 0;
  for (int y = 0; y < picture.height; ++y) {
    bool ink = false;
    for (int x = 0; x < picture.width; ++x) ink = ink || picture.black(x, y);
    rows += ink ? 1 : 0;
  }
  return rows;
}

TEST(AReceipt, of_every_printer_has_a_code_that_another_decoder_reads_from_its_paper) {
  for (const auto& [name, dots] : {std::pair{"epson-tm-80mm", 576}, {"generic-58mm", 384}}) {
    hal::EscposMachineType type;
    type.dots_per_line = dots;
    type.receive_buffer = 8192;
    PrinterRig rig(type, name);
    rig.start();
    EXPECT_EQ(rig.print(receipt()).outcome, hal::PrintOutcome::confirmed);
    const auto tickets = rig.machine->tickets();
    EXPECT_EQ(decode(tickets.empty() ? rig.machine->hanging() : tickets.back(), name), "linli:HP-03:7K4-29M-6");
  }
}

TEST(AReceipt, is_as_wide_as_the_paper) {
  EXPECT_EQ(laid_out(receipt()).width, 576);
  EXPECT_EQ(laid_out(receipt(), "generic-58mm").width, 384);
}

TEST(AReceipt, may_carry_the_longest_code_its_paper_takes) {
  hal::PrintDocument document;
  const std::string payload(600, 'q');  // 97 modules, which with the quiet zone and four dots each is 420 dots
  document.blocks = {hal::PrintQr{payload, {"扫码"}}};
  EXPECT_EQ(decode(laid_out(document), "longest_code"), payload);
  EXPECT_FALSE(hal::lay_out(document, profile("generic-58mm"), typesetter()));
}

TEST(AReceiptCode, fills_its_line_up_to_digits_of_12_mm) {
  hal::PrintDocument document;
  document.blocks = {hal::PrintCode{"8"}};
  EXPECT_NEAR(rows_with_ink(laid_out(document)), 96, 4);
  document.blocks = {hal::PrintCode{"7K4-29M-6"}};
  EXPECT_GT(rows_with_ink(laid_out(document)), 70);  // as wide as the paper, and one line
  EXPECT_LT(rows_with_ink(laid_out(document)), 100);
}

// Every kind of line, on every width: the strokes of a 40-dot hanzi, for 14 point are 39.5 dots.
TEST(AReceiptText, is_at_least_14_point) {
  const std::vector<hal::PrintBlock> lines{hal::PrintHeading{"国"},           hal::PrintText{"国"},
                                           hal::PrintText{"国", true, true},  hal::PrintField{"国", "国"},
                                           hal::PrintField{"国", "国", true}, hal::PrintCode{"国"}};
  for (const char* paper : {"generic-80mm", "generic-58mm"})
    for (const auto& line : lines) {
      hal::PrintDocument document;
      document.blocks = {line};
      EXPECT_GE(rows_with_ink(laid_out(document, paper)), 34) << paper << " " << line.index();
    }
}

TEST(AReceiptText, is_at_least_14_point_beside_a_code) {
  const auto with = [](const char* caption) {
    hal::PrintDocument document;
    document.blocks = {hal::PrintQr{"linli:HP-03:7K4-29M-6", {caption}}};
    return laid_out(document);
  };
  const auto written = with("国"), blank = with("\u3000");
  int rows = 0;
  for (int y = 0; y < std::min(written.height, blank.height); ++y) {
    bool ink = false;
    for (int x = 0; x < written.width; ++x) ink = ink || written.black(x, y) != blank.black(x, y);
    rows += ink ? 1 : 0;
  }
  EXPECT_GE(rows, 34);
}

TEST(AReceiptValue, wraps_below_itself_and_not_below_its_label) {
  hal::PrintDocument document;
  document.blocks = {hal::PrintField{"住址", "虚构省样例市和平里3号楼2单元501室"}};
  const auto picture = laid_out(document);
  EXPECT_GE(picture.height, 100);  // two lines
  for (int y = 55; y < picture.height; ++y)
    for (int x = 0; x < 95; ++x) EXPECT_FALSE(picture.black(x, y));
}

TEST(AReceiptValue, stands_under_its_label_on_narrow_paper) {
  hal::PrintDocument document;
  document.blocks = {hal::PrintField{"预计办结时间", "11月30日"}};
  EXPECT_EQ(laid_out(document, "generic-58mm").height, 2 * laid_out(document).height);
}

TEST(AReceipt, without_anything_is_no_paper) { EXPECT_EQ(laid_out({}).height, 0); }

TEST(AReceipt, longer_than_a_metre_is_refused) {
  hal::PrintDocument document;
  for (int i = 0; i < 200; ++i) document.blocks.emplace_back(hal::PrintText{"一行"});
  const auto picture = hal::lay_out(document, profile("generic-80mm"), typesetter());
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().detail, "the document is longer than a metre");
}

}  // namespace
