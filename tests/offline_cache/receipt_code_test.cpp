#include "offline_cache/receipt_code.h"

#include <gtest/gtest.h>

#include "base/check_symbol.h"

namespace {

using namespace offline_cache;

TEST(AReceiptCode, is_written_in_three_groups_that_read_back) {
  base::SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    const std::uint32_t number = draw_receipt_number(random);
    const std::string code = receipt_code(number);
    ASSERT_EQ(code.size(), 9U);
    EXPECT_EQ(code[3], '-');
    EXPECT_EQ(code[7], '-');
    EXPECT_EQ(parse_receipt_code(code), number);
  }
  EXPECT_EQ(receipt_code(0), "000-000-Z");
  EXPECT_EQ(parse_receipt_code(receipt_code(kReceiptNumbers - 1)), kReceiptNumbers - 1);
}

TEST(AReceiptCode, has_a_check_symbol_that_stays_the_same_for_ever) {
  // By hand, ISO 7064 with M = 32: P = 32; for 7 19 4 2 9 20: S = P + value mod 32 (0 is 32), P = 2 S mod 33.
  // S 7 P 14; S 1 P 2; S 6 P 12; S 14 P 28; S 5 P 10; S 30 P 27; 33 − 27 = 6.
  EXPECT_EQ(receipt_code(*parse_receipt_code("7K429M6")), "7K4-29M-6");
}

TEST(AReceiptCode, is_understood_as_people_write_it) {
  const auto number = parse_receipt_code("7K429M6");
  ASSERT_TRUE(number);
  for (const char* typed : {"7k4 29m 6", "7K4-29M-6", "  7-K-4-2-9-M-6 "}) EXPECT_EQ(parse_receipt_code(typed), number) << typed;
}

TEST(AReceiptCode, takes_o_for_zero_and_i_or_l_for_one) {
  base::SeededRandom random(2);
  for (int i = 0; i < 2000; ++i) {
    const std::uint32_t number = draw_receipt_number(random);
    std::string typed = receipt_code(number);
    for (char& c : typed) c = c == '0' ? 'o' : c == '1' ? (i % 2 == 0 ? 'l' : 'I') : c;
    ASSERT_EQ(parse_receipt_code(typed), number);
  }
}

TEST(AReceiptCode, notices_every_single_wrong_symbol) {
  base::SeededRandom random(3);
  for (int i = 0; i < 200; ++i) {
    const std::string code = receipt_code(draw_receipt_number(random));
    for (std::size_t at = 0; at < code.size(); ++at) {
      if (code[at] == '-') continue;
      for (const char other : base::kCrockfordSymbols) {
        std::string wrong = code;
        wrong[at] = other;
        if (wrong == code) continue;
        ASSERT_FALSE(parse_receipt_code(wrong)) << code << " " << wrong;
      }
    }
  }
}

TEST(AReceiptCode, notices_nearly_all_neighbours_that_were_swapped) {
  base::SeededRandom random(4);
  int swaps = 0, missed = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string plain = receipt_code(draw_receipt_number(random));
    std::erase(plain, '-');
    for (std::size_t at = 0; at + 1 < plain.size(); ++at) {
      std::string swapped = plain;
      std::swap(swapped[at], swapped[at + 1]);
      if (swapped == plain) continue;
      ++swaps;
      missed += parse_receipt_code(swapped) ? 1 : 0;
    }
  }
  EXPECT_LT(missed, swaps * 3 / 1000) << missed << " of " << swaps;
}

TEST(AReceiptCode, is_nothing_else) {
  for (const std::string typed : {"", "-", "7K4-29M", "7K4-29M-66", "7K4-29U-6", "7K4_29M_6", "7K4-29M-6\n", "７K4-29M-6"})
    EXPECT_FALSE(parse_receipt_code(typed)) << typed;
  EXPECT_FALSE(parse_receipt_code(std::string(100'000, '-')));
}

}  // namespace
