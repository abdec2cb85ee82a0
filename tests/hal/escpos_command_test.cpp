#include <gtest/gtest.h>

#include "base/hex.h"
#include "hal/printer/escpos.h"

namespace {

using namespace hal::escpos;

std::string hex(const Bytes& bytes) { return base::to_hex(bytes); }

// Rows of one byte each.
typeset::DotBitmap column(std::vector<std::uint8_t> rows) {
  const int height = static_cast<int>(rows.size());
  return {8, height, std::move(rows)};
}

TEST(EscposCommands, are_the_bytes_of_the_manual) {
  EXPECT_EQ(hex(initialise(8)), "1b401d50cbcb");
  EXPECT_EQ(hex(initialise(7.09)), "1b401d50b4b4");
  EXPECT_EQ(hex(automatic_status(true)), "1d61ff");
  EXPECT_EQ(hex(query_status(4)), "100404");
  EXPECT_EQ(hex(query_in_order()), "1d7201");
  EXPECT_EQ(hex(clear_buffers()), "10140801031401060208");
  EXPECT_EQ(hex(recover_clearing()), "100502");
  EXPECT_EQ(hex(feed(300)), "1b4aff1b4a2d");
  EXPECT_EQ(hex(raster({16, 3, {1, 2, 3, 4, 5, 6}}, 1, 2)), "1d7630000200020003040506");
  EXPECT_EQ(hex(raster({24, 2, {1, 0, 0, 2, 3, 0}}, 0, 2)), "1d7630000200020001000203") << "blank to the right of all rows";
  EXPECT_EQ(hex(raster({16, 1, {0, 0}}, 0, 1)), "1d7630000100010000") << "never no bytes at all";
  EXPECT_EQ(hex(mark({95 * 95 + 1})),
            "1d284806003030"
            "20212021");
}

TEST(ACut, is_the_one_of_the_profile) {
  const auto cut_by = [](hal::Cutter cutter, int feed, hal::CommandBytes command = {}) {
    hal::PrinterProfile profile;
    profile.cutter = cutter;
    profile.feed_before_cut_dots = feed;
    profile.cut_command = std::move(command);
    return hex(cut(profile));
  };
  EXPECT_EQ(cut_by(hal::Cutter::partial, 0), "1d564200");
  EXPECT_EQ(cut_by(hal::Cutter::full, 16), "1d564110");
  EXPECT_EQ(cut_by(hal::Cutter::unknown, 0), "1d564200") << "without a knife it feeds";
  EXPECT_EQ(cut_by(hal::Cutter::none, 0), "1b4aa0");
  EXPECT_EQ(cut_by(hal::Cutter::full, 96, {0x1B, 'i'}), "1b4a601b69");
}

TEST(AProcessId, comes_back_as_it_went_out) {
  for (const std::uint32_t value : {0U, 1U, 94U, 95U, 123456U, 95U * 95U * 95U * 95U - 1U}) {
    const Bytes bytes = mark({value});
    EXPECT_EQ(process_id_of(std::span(bytes).subspan<7, 4>()).value, value);
    for (std::size_t i = 7; i < 11; ++i) EXPECT_TRUE(bytes[i] >= 0x20 && bytes[i] <= 0x7E);
  }
}

TEST(APicture, is_sent_in_strips) {
  const auto found = strips(column(std::vector<std::uint8_t>(600, 1)), 256);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[2].first, 512);
  EXPECT_EQ(found[2].count, 88);
}

TEST(APicture, has_its_long_gaps_fed_and_its_short_ones_sent) {
  std::vector<std::uint8_t> rows(100, 0);
  rows[20] = rows[25] = rows[60] = 1;
  const auto found = strips(column(rows), 256);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_TRUE(found[0].blank);
  EXPECT_EQ(found[0].count, 20);
  EXPECT_FALSE(found[1].blank);
  EXPECT_EQ(found[1].count, 6);  // with the gap of four rows
  EXPECT_TRUE(found[2].blank);
  EXPECT_EQ(found[2].count, 34);
  EXPECT_EQ(found[3].count, 1);
  EXPECT_TRUE(found[4].blank);
  EXPECT_EQ(found[4].count, 39);
}

TEST(APicture, is_covered_row_by_row_whatever_it_holds) {
  for (unsigned pattern = 0; pattern < 64; ++pattern) {
    std::vector<std::uint8_t> rows;
    for (unsigned i = 0; i < 6; ++i) rows.insert(rows.end(), i % 2 == 0 ? 9 : 12, (pattern >> i & 1U) != 0 ? 0xFF : 0x00);
    const auto picture = column(rows);
    int next = 0;
    for (const auto& strip : strips(picture, 16)) {
      EXPECT_EQ(strip.first, next);
      EXPECT_GT(strip.count, 0);
      next += strip.count;
      for (int y = strip.first; strip.blank && y < next; ++y) EXPECT_EQ(rows[static_cast<std::size_t>(y)], 0);
    }
    EXPECT_EQ(next, picture.height);
  }
  EXPECT_TRUE(strips({8, 0, {}}, 256).empty());
}

}  // namespace
