#include "offline_cache/receipt_code.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using offline_cache::make_receipt_code;
using offline_cache::parse_receipt_code;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

TEST(AReceiptCode, is_written_in_three_groups_that_read_back) {
  base::SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    const std::string code = make_receipt_code(random);
    ASSERT_EQ(code.size(), 9U);
    EXPECT_EQ(code[3], '-');
    EXPECT_EQ(code[7], '-');
    EXPECT_EQ(parse_receipt_code(code), code);
  }
}

TEST(AReceiptCode, has_a_check_character_that_stays_the_same_for_ever) {
  // Luhn mod 32 of 7K429M, computed by hand: codes on paper must stay valid.
  // values 7 19 4 2 9 20, doubled from the right every second: 7 (38→1+6) 4 4 9 (40→1+8) = 7+7+4+4+9+9 = 40 → 24 = R
  EXPECT_EQ(parse_receipt_code("7K429MR"), "7K4-29M-R");
}

TEST(AReceiptCode, is_understood_as_people_write_it) {
  const std::string code = *parse_receipt_code("7K429MR");
  EXPECT_EQ(parse_receipt_code("7k4 29m r"), code);
  EXPECT_EQ(parse_receipt_code("7K4-29M-R"), code);
  EXPECT_EQ(parse_receipt_code("  7-K-4-2-9-M-R "), code);
}

TEST(AReceiptCode, takes_o_for_zero_and_i_or_l_for_one) {
  base::SeededRandom random(2);
  for (int i = 0; i < 2000; ++i) {
    const std::string code = make_receipt_code(random);
    std::string typed = code;
    for (char& c : typed) c = c == '0' ? 'o' : c == '1' ? (i % 2 == 0 ? 'l' : 'I') : c;
    ASSERT_EQ(parse_receipt_code(typed), code);
  }
}

TEST(AReceiptCode, notices_every_single_wrong_character) {
  base::SeededRandom random(3);
  for (int i = 0; i < 200; ++i) {
    const std::string code = make_receipt_code(random);
    for (std::size_t at = 0; at < code.size(); ++at) {
      if (code[at] == '-') continue;
      for (const char other : kAlphabet) {
        std::string wrong = code;
        wrong[at] = other;
        if (wrong == code) continue;
        ASSERT_FALSE(parse_receipt_code(wrong)) << code << " " << wrong;
      }
    }
  }
}

TEST(AReceiptCode, notices_neighbours_that_were_swapped_except_zero_with_z) {
  base::SeededRandom random(4);
  for (int i = 0; i < 2000; ++i) {
    const std::string code = *parse_receipt_code(make_receipt_code(random));
    std::string plain;
    for (const char c : code)
      if (c != '-') plain += c;
    for (std::size_t at = 0; at + 1 < plain.size(); ++at) {
      const std::set<char> pair{plain[at], plain[at + 1]};
      if (pair.size() == 1 || pair == std::set{'0', 'Z'}) continue;
      std::string swapped = plain;
      std::swap(swapped[at], swapped[at + 1]);
      ASSERT_FALSE(parse_receipt_code(swapped)) << plain;
    }
  }
}

TEST(AReceiptCode, is_nothing_else) {
  for (const std::string typed : {"", "-", "7K4-29M", "7K4-29M-RR", "7K4-29U-R", "7K4_29M_R", "7K4-29M-R\n", "７K4-29M-R"})
    EXPECT_FALSE(parse_receipt_code(typed)) << typed;
  EXPECT_FALSE(parse_receipt_code(std::string(100'000, '-')));
}

}  // namespace
