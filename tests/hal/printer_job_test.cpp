// What a printer promises about one job.
#include "hal/absent/absent_printer.h"
#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using base::Failure;
using enum hal::PrinterTrouble;
using hal::DeviceState;
using hal::EscposMachineType;
using hal::Evidence;
using hal::faulted_by;
using hal::PrintOutcome;

TEST(AHealthyPrinter, confirms_that_the_ticket_was_printed_and_cut) {
  PrinterRig rig;
  rig.start();
  rig.await(DeviceState::online);
  const auto result = rig.print(receipt());
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_EQ(result.evidence, Evidence::cut);
  EXPECT_EQ(result.failure, std::nullopt);
  EXPECT_EQ(rig.machine->tickets().size(), 1U);
  EXPECT_FALSE(has_ink(rig.machine->hanging()));
  EXPECT_EQ(rig.machine->stray_characters(), 0);
}

TEST(AHealthyPrinter, prints_many_tickets_in_order) {
  PrinterRig rig;
  rig.start();
  for (hal::PrintJobId job = 1; job <= 5; ++job) rig.printer->print(job, short_ticket());
  for (hal::PrintJobId job = 1; job <= 5; ++job) {
    const auto result = rig.await_result();
    EXPECT_EQ(result.job, job);
    EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  }
  EXPECT_EQ(count_inked(rig.machine->tickets()), 5U);
}

TEST(AHealthyPrinter, prints_as_slowly_as_it_must) {
  EscposMachineType type;
  type.rows_per_second = 20'000;
  type.receive_buffer = 2048;
  PrinterRig rig(type);
  rig.start();
  EXPECT_EQ(rig.print(receipt()).evidence, Evidence::cut);
}

TEST(APrinterWithoutProcessIds, is_known_only_to_have_processed_the_job) {
  EscposMachineType type;
  type.answers_process_id = false;
  PrinterRig rig(type, "generic-80mm");
  rig.start();
  const auto result = rig.print(receipt());
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_EQ(result.evidence, Evidence::processed);
}

TEST(APrinterWithoutProcessIds, is_believed_no_more_when_its_profile_promises_them) {
  EscposMachineType type;
  type.answers_process_id = false;
  PrinterRig rig(type, "epson-tm-80mm");
  rig.start();
  const auto result = rig.print(short_ticket());
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_EQ(result.evidence, Evidence::processed);
}

TEST(APrinterWithoutAutomaticStatusAndKnife, still_confirms) {
  EscposMachineType type;
  type.dots_per_line = 384;
  type.answers_automatic_status = type.answers_process_id = type.clears_buffers = type.has_cutter = false;
  PrinterRig rig(type, "generic-58mm");
  rig.start();
  EXPECT_EQ(rig.print(receipt()).outcome, PrintOutcome::confirmed);
  EXPECT_TRUE(has_ink(rig.machine->hanging()));
  EXPECT_EQ(rig.machine->stray_characters(), 0);
}

TEST(APrinterOfAnotherDialect, is_understood_through_its_profile) {
  EscposMachineType type;
  type.dots_per_line = 384;
  type.status_dialect = {0x80, 0, 0, 0};  // KP-628E: a ticket is not yet torn off
  type.fourth_automatic_byte = 0x0F;
  PrinterRig rig(type, "cashino-kp-628e");
  rig.start();
  EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
  PrinterRig wrong(type, "generic-58mm");
  wrong.start();
  EXPECT_EQ(wrong.print(short_ticket()).failure, Failure::print_no_answer);
}

struct Trouble {
  hal::PrinterTrouble trouble;
  Failure failure;
};
const Trouble kTroubles[] = {{paper_out, Failure::print_no_paper},    {cover_open, Failure::print_cover_open},
                             {overheated, Failure::print_overheated}, {broken, Failure::print_out_of_service},
                             {silent, Failure::print_no_answer},      {dead, Failure::print_no_answer}};

TEST(AJobBegunInTrouble, is_not_printed_and_says_why) {
  for (const auto& [trouble, failure] : kTroubles) {
    PrinterRig rig;
    rig.start();
    rig.await(DeviceState::online);
    rig.machine->begin(trouble);
    const auto result = rig.print(short_ticket());
    EXPECT_EQ(result.outcome, PrintOutcome::not_printed);
    EXPECT_EQ(result.evidence, Evidence::none);
    EXPECT_EQ(result.failure, failure) << base::entry(failure).code;
    rig.await(faulted_by(failure), failure);
    EXPECT_EQ(count_inked(rig.machine->tickets()), 0U);
    rig.machine->end(trouble);
    rig.await(DeviceState::online);
    EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
    EXPECT_EQ(count_inked(rig.machine->tickets()), 1U);
  }
}

TEST(APrinterFoundInTrouble, says_so_and_becomes_ready_when_helped) {
  for (const auto& [trouble, failure] : kTroubles) {
    PrinterRig rig;
    rig.machine->begin(trouble);
    rig.start();
    rig.await(faulted_by(failure), failure);
    rig.machine->end(trouble);
    rig.await(DeviceState::online);
  }
}

TEST(AnIdlePrinter, is_noticed_to_lose_its_paper_by_what_it_says_itself) {
  PrinterRig rig;
  rig.timing.idle_check = std::chrono::hours{1};
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin(paper_out);
  rig.await(faulted_by(Failure::print_no_paper), Failure::print_no_paper);
}

TEST(AnIdlePrinter, that_says_nothing_by_itself_is_asked) {
  PrinterRig rig({}, "generic-58mm");
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin(cover_open);
  rig.await(faulted_by(Failure::print_cover_open), Failure::print_cover_open);
}

TEST(APrinterThatIsNotThere, fails_every_job_and_is_found_when_it_comes) {
  PrinterRig rig;
  rig.machine->unplug();
  rig.start();
  rig.await(DeviceState::no_device);
  const auto result = rig.print(short_ticket());
  EXPECT_EQ(result.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(result.failure, Failure::print_no_printer);
  rig.machine->plug();
  rig.await(DeviceState::online);
  rig.machine->unplug();
  rig.await(DeviceState::no_device);
}

TEST(AnAbsentPrinter, says_so_once_and_prints_nothing) {
  std::vector<hal::PrinterEvent> events;
  const auto printer = hal::make_absent_printer([&events](hal::PrinterEvent event) { events.push_back(std::move(event)); });
  printer->print(7, short_ticket());
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(std::get<hal::DeviceHealth>(events[0]).state, DeviceState::no_device);
  const auto result = std::get<hal::PrintFinished>(events[1]);
  EXPECT_EQ(result.job, 7U);
  EXPECT_EQ(result.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(result.failure, Failure::print_no_printer);
}

TEST(AJobThatCannotBeLaidOut, is_not_printed) {
  PrinterRig rig;
  rig.start();
  hal::PrintDocument document;
  document.blocks = {hal::PrintQr{std::string(5000, 'x'), {}}};
  const auto result = rig.print(std::move(document));
  EXPECT_EQ(result.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(result.failure, Failure::internal);
  EXPECT_EQ(rig.print(short_ticket()).outcome, PrintOutcome::confirmed);
}

TEST(APrinterThatIsTakenDown, ends_at_once_with_every_job_answered) {
  PrinterRig rig;
  rig.timing = hal::EscposTiming{};  // the real, long waits
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin_after_rows(100, dead);
  rig.printer->print(1, receipt());
  rig.printer->print(2, receipt());
  const auto start = std::chrono::steady_clock::now();
  rig.printer.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{2});
  EXPECT_NE(rig.await_result().outcome, PrintOutcome::confirmed);
  EXPECT_EQ(rig.await_result().outcome, PrintOutcome::not_printed);
}

}  // namespace
