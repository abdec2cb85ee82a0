// Lines on which little or nothing can be known: one-way, noisy without end, forbidden, slower than anybody waits.
#include "tests/hal/babble.h"
#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using base::Failure;
using enum hal::PrinterTrouble;
using hal::DeviceState;
using hal::Evidence;
using hal::faulted_by;
using hal::PrintOutcome;

class APrinterThatCannotAnswer : public testing::Test, protected PrinterRig {
 protected:
  APrinterThatCannotAnswer() : PrinterRig({.receive_buffer = 2048, .one_way = true}) {}
  ~APrinterThatCannotAnswer() override { printer.reset(); }
  void SetUp() override {
    start();
    await(DeviceState::online);
  }
  std::ptrdiff_t papers_with(const hal::PrintDocument& document) const {
    return std::ranges::count(inked(*machine), expected_ink(document, profile("epson-tm-80mm")));
  }
};

TEST_F(APrinterThatCannotAnswer, prints_and_is_never_said_to_have_printed) {
  for (int ticket = 1; ticket <= 2; ++ticket) {
    const auto finished = print(short_ticket());
    EXPECT_EQ(finished.outcome, PrintOutcome::unknown);
    EXPECT_EQ(finished.evidence, Evidence::accepted);
    EXPECT_FALSE(finished.failure);
    EXPECT_EQ(papers_with(short_ticket()), ticket);
  }
  EXPECT_EQ(machine->tickets().size(), 2U) << "and nothing but tickets";
  EXPECT_EQ(health.state, DeviceState::online);
}

TEST_F(APrinterThatCannotAnswer, and_took_only_half_prints_the_rest_of_it_under_nobodys_hands) {
  machine->begin_after_bytes(6000, paper_out);
  const auto finished = print(receipt());
  EXPECT_EQ(finished.outcome, PrintOutcome::unknown);
  EXPECT_EQ(finished.failure, Failure::print_no_answer);
  EXPECT_EQ(health.failure, Failure::print_no_answer);
  EXPECT_EQ(print(short_ticket()).outcome, PrintOutcome::not_printed);
  machine->end(paper_out);
  await(DeviceState::online);
  EXPECT_EQ(print(short_ticket()).evidence, Evidence::accepted);
  EXPECT_EQ(papers_with(receipt()), 0);
  EXPECT_EQ(papers_with(short_ticket()), 1);
}

TEST(ALineThatNeverFallsSilent, ends_every_job_and_every_check_and_can_be_left) {
  PrinterRig rig;
  rig.start_on(std::make_unique<transport_test::Babbling>());
  rig.await(faulted_by(Failure::print_no_answer), Failure::print_no_answer);
  const auto finished = rig.print(short_ticket());
  EXPECT_EQ(finished.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(finished.failure, Failure::print_no_answer);
  EXPECT_FALSE(rig.check(hal::HealthCheck::active).passed);
}

TEST(APrinterThatMayNotBeOpened, fails_a_job_for_that_reason) {
  PrinterRig rig;
  rig.start_on(std::make_unique<transport_test::Forbidden>());
  const auto finished = rig.print(short_ticket());
  EXPECT_EQ(finished.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(finished.failure, Failure::device_no_permission);
}

// Else it would come out after its visit had given up waiting, before the next resident.
TEST(AJobThatTricklesIntoThePrinter, is_given_up_as_a_whole) {
  PrinterRig rig({.receive_buffer = 4096, .bytes_per_second = 20'000});
  rig.timing.reply = rig.timing.stuck = rig.timing.stall = milliseconds{500};
  rig.timing.job = milliseconds{200};
  rig.start();
  rig.await(DeviceState::online);
  const auto finished = rig.print(receipt());
  EXPECT_EQ(finished.outcome, PrintOutcome::unknown);
  EXPECT_EQ(finished.failure, Failure::print_no_answer);
}

TEST(AKnifeNobodyKnowsOf, is_told_to_cut_and_never_said_to_have_cut) {
  auto unknown = profile("epson-tm-80mm");
  unknown.cutter = hal::Cutter::unknown;
  PrinterRig rig({.has_cutter = false}, unknown);
  rig.start();
  rig.await(DeviceState::online);
  const auto finished = rig.print(short_ticket());
  EXPECT_EQ(finished.outcome, PrintOutcome::confirmed);
  EXPECT_EQ(finished.evidence, Evidence::printed);
  EXPECT_EQ(rig.printer->statistics().value(hal::Counter::cuts), 0U);
}

TEST(AKnifeThatWantsTheOldCommand, cuts_behind_the_last_line) {
  auto old = profile("epson-tm-80mm");
  old.cut_command = {0x1B, 'i'};
  old.feed_before_cut_dots = 96;  // all the way from head to knife
  PrinterRig rig({}, old);
  rig.start();
  rig.await(DeviceState::online);
  EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
  ASSERT_EQ(rig.machine->tickets().size(), 1U);
  EXPECT_EQ(ink_of(rig.machine->tickets().front()), expected_ink(short_ticket(), profile("epson-tm-80mm")));
}

}  // namespace
