#include "kiosk/masking.h"

#include <gtest/gtest.h>

namespace {

using kiosk::masked_name;
using kiosk::masked_number;

TEST(AMaskedName, keeps_the_first_and_the_last_character) {
  EXPECT_EQ(masked_name("王秀兰"), "王*兰");
  EXPECT_EQ(masked_name("欧阳秀兰"), "欧**兰");
}

TEST(AMaskedName, keeps_only_the_surname_of_two_characters) {
  EXPECT_EQ(masked_name("王兰"), "王*");
  EXPECT_EQ(masked_name("王"), "王*");
}

TEST(AMaskedName, counts_rare_characters_as_one) {
  EXPECT_EQ(masked_name("王𬎆䶮"), "王*䶮");
  EXPECT_EQ(masked_name("𠮷田兰"), "𠮷*兰");
}

TEST(AMaskedName, keeps_the_first_letter_in_other_scripts) {
  EXPECT_EQ(masked_name("JOHNSON PETER"), "J*");
  EXPECT_EQ(masked_name("Émile"), "É*");
  EXPECT_EQ(masked_name("ئالىم"), "ئ*");
}

TEST(AMaskedName, masks_a_transcribed_name_with_its_dot) { EXPECT_EQ(masked_name("古丽·买提"), "古***提"); }

TEST(AMaskedName, is_empty_for_nobody) { EXPECT_EQ(masked_name(""), ""); }

TEST(AMaskedName, survives_broken_bytes) {
  EXPECT_EQ(masked_name("\xE7"), "\xE7*");
  EXPECT_EQ(masked_name("\xF0\x9F"), "\xF0\x9F*");
}

TEST(AMaskedNumber, keeps_the_last_four) { EXPECT_EQ(masked_number("00000019410308002X"), "****002X"); }

TEST(AMaskedNumber, keeps_nothing_of_a_short_one) {
  EXPECT_EQ(masked_number("002X"), "****");
  EXPECT_EQ(masked_number(""), "****");
}

}  // namespace
