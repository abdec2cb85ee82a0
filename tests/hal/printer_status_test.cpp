// Answers that come late, mixed, in another dialect, or through a slow line.
#include <thread>

#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using base::Failure;
using enum hal::PrinterTrouble;
using hal::Counter;
using hal::DeviceState;
using hal::EscposMachineType;
using hal::Evidence;
using hal::PrintOutcome;

bool contains(const hal::EscposMachine& machine, const std::string& bytes) {
  const auto received = machine.received();
  return std::string(received.begin(), received.end()).find(bytes) != std::string::npos;
}

TEST(AnAutomaticStatusNobodyCanRead, is_switched_off_before_its_zeros_pass_for_answers) {
  EscposMachineType type;
  type.automatic_status_broken = true;
  type.answers_process_id = false;
  PrinterRig rig(type, "generic-80mm");
  rig.start();
  rig.await(DeviceState::online);
  EXPECT_TRUE(contains(*rig.machine, std::string("\x1d"
                                                 "a\x00",
                                                 3)));
  EXPECT_EQ(rig.printer->statistics().value(Counter::noise), 4U);
  // Now a change in mid-job says nothing, and only the true answer to the fence counts.
  rig.machine->begin_after_rows(100, paper_out);
  const auto result = rig.print(receipt());
  EXPECT_EQ(result.outcome, PrintOutcome::unknown);
  EXPECT_EQ(result.failure, Failure::print_no_paper);
  EXPECT_LT(result.evidence, Evidence::processed);
}

TEST(APrinterWithoutAutomaticStatus, whose_profile_promises_it_is_asked_instead) {
  EscposMachineType type;
  type.answers_automatic_status = false;
  PrinterRig rig(type);
  rig.start();
  rig.await(DeviceState::online);
  EXPECT_EQ(rig.print(short_ticket()).evidence, Evidence::cut);
  rig.machine->begin(cover_open);
  rig.await(hal::faulted_by(Failure::print_cover_open), Failure::print_cover_open);
}

TEST(Answers, with_flow_control_bytes_inside_are_read) {
  EscposMachineType type;
  type.flow_bytes_in_answers = true;
  PrinterRig rig(type);
  rig.start();
  EXPECT_EQ(rig.await(DeviceState::online).identity, "SIM-0042");
  EXPECT_EQ(rig.print(short_ticket()).evidence, Evidence::cut);
  EXPECT_EQ(rig.printer->statistics().value(Counter::noise), 0U);
}

TEST(Answers, that_are_slow_but_in_time_are_awaited) {
  EscposMachineType type;
  type.answer_delay = milliseconds{20};
  PrinterRig rig(type);
  rig.timing = hal::EscposTiming{};
  rig.timing.idle_listen = milliseconds{2};
  rig.start();
  rig.await(DeviceState::online);
  EXPECT_EQ(rig.print(short_ticket()).evidence, Evidence::cut);
  EXPECT_EQ(rig.printer->statistics().value(Counter::unanswered), 0U);
}

TEST(Answers, that_come_after_the_question_was_given_up_are_never_taken_for_the_next) {
  EscposMachineType type;
  type.answers_automatic_status = type.answers_process_id = false;
  type.answer_delay = milliseconds{60};  // far beyond the patience of the rig: every answer meets a later question
  PrinterRig rig(type, "generic-58mm");
  rig.machine->begin(cover_open);
  rig.start();
  rig.await(DeviceState::offline, Failure::print_no_answer);
  rig.machine->end(cover_open);
  for (int i = 0; i < 5; ++i) EXPECT_NE(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
  EXPECT_EQ(count_inked(rig.machine->tickets()), 0U);
}

TEST(APrinterOnASlowLine, prints_however_long_it_takes_as_long_as_bytes_go) {
  EscposMachineType type;
  type.bytes_per_second = 48'000;
  type.receive_buffer = 4096;
  type.answers_automatic_status = type.answers_process_id = type.clears_buffers = false;
  auto slow = profile("cashino-kp-628e");
  type.dots_per_line = slow.dots_per_line;
  PrinterRig rig(type, slow);
  rig.timing.stall = milliseconds{200};  // shorter than the job, longer than anything between two fences
  rig.timing.reply = rig.timing.stuck = milliseconds{200};
  rig.start();
  rig.await(DeviceState::online);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(rig.print(receipt()).outcome, PrintOutcome::confirmed);
  EXPECT_GT(std::chrono::steady_clock::now() - start, milliseconds{200});
  EXPECT_EQ(rig.machine->stray_characters(), 0);
}

TEST(APrinterOnASerialLine, that_starts_anew_in_mid_job_is_never_believed_to_have_printed_it) {
  EscposMachineType type;
  type.bytes_per_second = 200'000;
  type.boot = milliseconds{150};  // longer than between two fences, as on a real line: 4 KiB take 4 s there
  type.answers_automatic_status = type.answers_process_id = type.clears_buffers = false;
  auto slow = profile("cashino-kp-628e");
  type.dots_per_line = slow.dots_per_line;
  PrinterRig rig(type, slow);
  rig.start();
  rig.await(DeviceState::online);
  const auto before = rig.machine->rows();
  rig.printer->print(++rig.last_job, receipt());
  while (rig.machine->rows() < before + 100) std::this_thread::yield();
  rig.machine->power_cycle();
  EXPECT_EQ(rig.await_result().outcome, PrintOutcome::unknown);
  rig.await(DeviceState::online);
  EXPECT_FALSE(has_ink(rig.machine->hanging()));
  EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
  EXPECT_EQ(ink_of(rig.machine->tickets().back()), expected_ink(short_ticket(), slow));
}

TEST(AKnifeThatWasFreed, is_recovered_without_anybody_at_the_printer) {
  PrinterRig rig;
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin(knife_blocked);
  EXPECT_EQ(rig.print(short_ticket()).failure, Failure::print_cutter_jam);
  rig.machine->end(knife_blocked);
  rig.await(DeviceState::online);
  EXPECT_TRUE(contains(*rig.machine, "\x10\x05\x02"));
  EXPECT_GE(rig.printer->statistics().value(Counter::recoveries), 1U);
}

}  // namespace
