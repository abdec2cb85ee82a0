#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/offline_cache/crash/failing_disk.h"
#include "tests/offline_cache/crash/power_cuts.h"

namespace {

using testing::IsEmpty;

// ./dev soak does more than a million; here every operation once with every kind of loss, on one of the four kinds of sectors.
TEST(APowerCut, at_any_operation_loses_nothing_that_was_acknowledged) {
  const auto tally = crash::cut_everywhere({.seed = 1, .times = 1, .nested = 10, .stride = 4});
  EXPECT_THAT(tally.examples, IsEmpty());
  EXPECT_TRUE(tally.clean());
  EXPECT_GT(tally.operations, 100);
  EXPECT_GT(tally.cuts, 400);
  EXPECT_GT(tally.cuts_in_recovery, 20);
  // Both outcomes of a step under way were really met.
  EXPECT_GT(tally.found_before, 0);
  EXPECT_GT(tally.found_after, 0);
}

struct Failing {
  const char* name;
  crash::Fault fault;
  bool lasting;
};

class AFailingDisk : public testing::TestWithParam<Failing> {};

TEST_P(AFailingDisk, is_told_of_and_loses_nothing_after_a_restart) {
  const auto tally = crash::fail_everywhere(1, GetParam().fault, GetParam().lasting);
  EXPECT_THAT(tally.examples, IsEmpty());
  EXPECT_EQ(tally.wrong, 0);
  EXPECT_GT(tally.fired, 20);
  EXPECT_GT(tally.reported, 10);
}

INSTANTIATE_TEST_SUITE_P(_, AFailingDisk,
                         testing::Values(Failing{"full_once", crash::Fault::full, false},
                                         Failing{"full_from_then_on", crash::Fault::full, true},
                                         Failing{"write_error_once", crash::Fault::write_error, false},
                                         Failing{"write_error_from_then_on", crash::Fault::write_error, true},
                                         Failing{"sync_error_once", crash::Fault::sync_error, false}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ALyingDisk, may_lose_rows_but_never_serves_other_bytes) {
  const auto tally = crash::cut_a_lying_disk(1);
  EXPECT_EQ(tally.wrong, 0);
  EXPECT_GT(tally.damage_seen, 0);
  EXPECT_GT(tally.went_on, 0);
}

}  // namespace
