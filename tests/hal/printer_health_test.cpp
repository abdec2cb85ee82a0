// What a printer says of itself: supply, identity, checks and counts.
#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using base::Failure;
using enum hal::PrinterTrouble;
using hal::Counter;
using hal::DeviceState;
using hal::EscposMachineType;
using hal::HealthCheck;
using hal::PrintOutcome;
using hal::Supply;

TEST(APrintersPaper, is_full_low_and_out_and_low_is_only_a_hint) {
  PrinterRig rig;
  rig.start();
  EXPECT_EQ(rig.await(DeviceState::online).supply, Supply::full);
  rig.machine->begin(paper_low);
  const auto low = rig.await_health([](const auto& health) { return health.supply == Supply::low; });
  EXPECT_EQ(low.state, DeviceState::online);
  EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
  rig.machine->begin(paper_out);
  EXPECT_EQ(rig.await(hal::faulted_by(Failure::print_no_paper), Failure::print_no_paper).supply, Supply::out);
  rig.machine->end(paper_out);
  rig.machine->end(paper_low);
  rig.await_health([](const auto& health) { return health.supply == Supply::full; });
  rig.machine->unplug();
  EXPECT_EQ(rig.await(DeviceState::no_device).supply, Supply::unknown);
}

TEST(APrintersPaper, that_ends_behind_an_open_cover_is_known_to_be_out) {
  PrinterRig rig;
  rig.machine->begin(cover_open);
  rig.machine->begin(paper_out);
  rig.start();
  EXPECT_EQ(rig.await(hal::faulted_by(Failure::print_cover_open), Failure::print_cover_open).supply, Supply::out);
}

TEST(APrinter, is_busy_while_it_prints) {
  PrinterRig rig;
  rig.start();
  rig.await(DeviceState::online);
  rig.print(short_ticket());
  ASSERT_GE(rig.healths.size(), 3U);
  EXPECT_EQ(rig.healths[rig.healths.size() - 2].state, DeviceState::busy);
  EXPECT_EQ(rig.healths.back().state, DeviceState::online);
}

TEST(APrintersIdentity, is_its_serial_number_where_the_profile_says_that_it_may_be_asked) {
  PrinterRig rig;
  rig.start();
  EXPECT_EQ(rig.await(DeviceState::online).identity, "SIM-0042");
  rig.machine->unplug();
  EXPECT_EQ(rig.await(DeviceState::no_device).identity, "");
}

TEST(APrintersIdentity, is_asked_of_an_unknown_printer_only_by_an_active_check) {
  PrinterRig rig({}, "generic-80mm");
  rig.start();
  EXPECT_EQ(rig.await(DeviceState::online).identity, "");
  const std::string query = "\x1dI";
  auto received = rig.machine->received();
  EXPECT_EQ(std::string(received.begin(), received.end()).find(query), std::string::npos);
  const auto checked = rig.check(HealthCheck::active);
  EXPECT_TRUE(checked.passed);
  EXPECT_EQ(checked.health.identity, "SIM-0042");
  EXPECT_EQ(checked.details, "printer generic-80mm: online, model LP-80 Simulated, serial SIM-0042, firmware 1.07");
}

TEST(APrintersIdentity, asked_of_one_that_prints_the_question_leaves_no_trace_on_the_next_ticket) {
  EscposMachineType type;
  type.answers_identity = false;
  PrinterRig rig(type, "generic-80mm");
  rig.start();
  rig.await(DeviceState::online);
  for (int round = 0; round < 3; ++round) EXPECT_TRUE(rig.check(HealthCheck::active).passed);
  const auto received = rig.machine->received();
  const std::string all(received.begin(), received.end());
  EXPECT_EQ(all.find("\x1dI"), all.rfind("\x1dI")) << "asked again after silence";
  EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
  EXPECT_EQ(rig.machine->stray_characters(), 0);
  EXPECT_EQ(ink_of(rig.machine->tickets().back()), expected_ink(short_ticket(), profile("generic-80mm")));
}

TEST(APrintersIdentity, is_readable_whatever_the_printer_sends) {
  EscposMachineType type;
  type.serial = std::string(60, '9');
  type.model = "TM   ";
  PrinterRig rig(type);
  rig.start();
  EXPECT_EQ(rig.await(DeviceState::online).identity, std::string(40, '9'));
  EXPECT_NE(rig.check(HealthCheck::active).details.find("model TM,"), std::string::npos);
}

TEST(AHealthCheck, that_is_passive_asks_nothing) {
  PrinterRig rig;
  rig.timing.idle_check = std::chrono::hours{1};
  rig.start();
  rig.await(DeviceState::online);
  const auto before = rig.machine->received().size();
  EXPECT_TRUE(rig.check(HealthCheck::passive).passed);
  EXPECT_EQ(rig.machine->received().size(), before);
}

TEST(AHealthCheck, that_is_active_finds_what_nobody_had_noticed) {
  PrinterRig rig({}, "generic-58mm");
  rig.timing.idle_check = std::chrono::hours{1};
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin(cover_open);
  const auto checked = rig.check(HealthCheck::active);
  EXPECT_FALSE(checked.passed);
  EXPECT_EQ(checked.health.failure, Failure::print_cover_open);
}

TEST(AHealthCheck, that_is_interactive_prints_a_page_with_a_code_and_tells_the_evidence) {
  PrinterRig rig;
  rig.start();
  rig.await(DeviceState::online);
  const auto checked = rig.check(HealthCheck::interactive);
  EXPECT_TRUE(checked.passed);
  EXPECT_NE(checked.details.find("the test page was cut"), std::string::npos) << checked.details;
  EXPECT_EQ(count_inked(rig.machine->tickets()), 1U);
  EXPECT_TRUE(rig.results.empty()) << "a test page is nobody's job";
  rig.check(HealthCheck::interactive);
  EXPECT_EQ(ink_of(rig.machine->tickets()[0]), ink_of(rig.machine->tickets()[1])) << "the page holds a date";
}

TEST(AHealthCheck, fails_with_the_reason_when_the_page_does_not_come_out) {
  PrinterRig rig;
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin_after_rows(20, paper_out);
  const auto checked = rig.check(HealthCheck::interactive);
  EXPECT_FALSE(checked.passed);
  EXPECT_NE(checked.details.find("not known to have come out (PRINT-002)"), std::string::npos) << checked.details;
  rig.machine->unplug();
  rig.await(DeviceState::no_device);
  const auto absent = rig.check(HealthCheck::interactive);
  EXPECT_FALSE(absent.passed);
  EXPECT_NE(absent.details.find("not printed (PRINT-001)"), std::string::npos) << absent.details;
}

TEST(APrintersStatistics, count_what_it_did) {
  PrinterRig rig;
  rig.start();
  rig.await(DeviceState::online);
  const auto& counts = rig.printer->statistics();
  rig.print(receipt());
  EXPECT_EQ(counts.value(Counter::connects), 1U);
  EXPECT_EQ(counts.value(Counter::jobs), 1U);
  EXPECT_EQ(counts.value(Counter::jobs_confirmed), 1U);
  EXPECT_EQ(counts.value(Counter::cuts), 1U);
  const auto paper = rig.machine->tickets().front().height / 8;  // mm
  EXPECT_NEAR(static_cast<double>(counts.value(Counter::millimetres_printed)), paper, 15);
  EXPECT_EQ(counts.value(Counter::noise), 0U);
  EXPECT_EQ(counts.value(Counter::unanswered), 0U);
  EXPECT_EQ(counts.value(Counter::recoveries), 0U);
  rig.machine->begin_after_rows(20, paper_out);
  rig.print(short_ticket());
  rig.machine->end(paper_out);
  rig.await(DeviceState::online);
  EXPECT_EQ(counts.value(Counter::jobs_unknown), 1U);
  EXPECT_EQ(counts.value(Counter::recoveries), 1U);
  rig.machine->begin(silent);
  rig.await(DeviceState::offline, Failure::print_no_answer);
  EXPECT_GE(counts.value(Counter::unanswered), 1U);
}

}  // namespace
