#include <gtest/gtest.h>

#include "hal/id_card/ethnic_groups.h"
#include "test_places.h"

namespace {

TEST(TheTableOfEthnicGroups, has_the_56_of_the_standard_and_two_more) {
  const auto groups = hal::EthnicGroups::load(LINLI_SOURCE_DIR "/assets/tables/ethnic_groups.tsv");
  ASSERT_TRUE(groups) << groups.error().detail;
  EXPECT_EQ(groups->size(), 58U);
  for (int code = 1; code <= 56; ++code) {
    const std::string digits{static_cast<char>('0' + code / 10), static_cast<char>('0' + code % 10)};
    const auto* group = groups->find(digits);
    ASSERT_NE(group, nullptr) << digits;
    EXPECT_EQ(group->letters.size(), 2U);
  }
  EXPECT_EQ(groups->find("05")->roman, "Uygur");
  EXPECT_EQ(groups->find("56")->chinese, "基诺");
  EXPECT_EQ(groups->find("97")->letters, "");
}

TEST(TheTableOfEthnicGroups, has_nothing_for_an_unknown_code) {
  const auto groups = hal::EthnicGroups::parse("01\tHA\tHan\t汉\n");
  ASSERT_TRUE(groups);
  EXPECT_EQ(groups->find("59"), nullptr);
  EXPECT_EQ(groups->find(""), nullptr);
}

TEST(TheTableOfEthnicGroups, names_the_line_that_is_wrong) {
  for (const auto* table :
       {"# x\n01\tHA\tHan\n", "# x\n1\tHA\tHan\t汉\n", "01\tHA\tHan\t汉\n01\tHA\tHan\t汉", "\n01\tHA\t-\t汉"}) {
    const auto groups = hal::EthnicGroups::parse(table);
    ASSERT_FALSE(groups) << table;
    EXPECT_NE(groups.error().detail.find("line 2"), std::string::npos) << groups.error().detail;
  }
}

TEST(TheTableOfEthnicGroups, that_is_missing_is_a_missing_asset) {
  const auto groups = hal::EthnicGroups::load("/nowhere/ethnic_groups.tsv");
  ASSERT_FALSE(groups);
  EXPECT_EQ(groups.error().failure, base::Failure::asset_missing);
}

}  // namespace
