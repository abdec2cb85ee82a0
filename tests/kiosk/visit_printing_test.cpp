// The paper: printed, not printed, or not known.
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

using base::Failure;
using hal::DeviceState;
using hal::PrintOutcome;

bool says_copy(const Print& print) {
  for (const auto& block : print.document.blocks)
    if (const auto* text = std::get_if<hal::PrintText>(&block); text != nullptr && text->text == "Copy") return true;
  return false;
}

TEST_F(AVisit, prints_the_receipt_by_itself_and_once) {
  comes_to_receipt();
  EXPECT_EQ(commands<Print>().size(), 1U);
  EXPECT_EQ(session().print, PrintProgress::printing);
  EXPECT_FALSE(says_copy(*commands<Print>()[0]));
}

TEST_F(AVisit, says_printed_only_when_the_printer_confirmed_it) {
  comes_to_receipt();
  printing_ends(PrintOutcome::confirmed);
  EXPECT_EQ(session().print, PrintProgress::printed);
}

TEST_F(AVisit, says_why_nothing_was_printed) {
  comes_to_receipt();
  printing_ends(PrintOutcome::not_printed, Failure::print_no_paper);
  EXPECT_EQ(session().print, PrintProgress::not_printed);
  EXPECT_EQ(session().print_failure, Failure::print_no_paper);
}

TEST_F(AVisit, asks_when_it_is_not_known_whether_the_paper_came) {
  comes_to_receipt();
  printing_ends(PrintOutcome::unknown);
  EXPECT_EQ(session().print, PrintProgress::unknown);
  EXPECT_EQ(session().print_failure, Failure::print_outcome_unknown);
  happens(PaperIsHere{});
  EXPECT_EQ(session().print, PrintProgress::printed);
  EXPECT_FALSE(session().print_failure);
}

TEST_F(AVisit, never_prints_again_by_itself) {
  comes_to_receipt();
  printing_ends(PrintOutcome::unknown);
  printer_is(hal::faulted_by(Failure::print_no_paper), Failure::print_no_paper);
  printer_is(DeviceState::online);
  passes(60s);
  EXPECT_EQ(commands<Print>().size(), 1U);
}

hal::PrinterEvent paper_is(hal::Media media) {
  hal::DeviceHealth health{DeviceState::online, std::nullopt, "P1"};
  health.media = media;
  return health;
}

TEST_F(AVisit, takes_the_taking_of_the_paper_for_a_sign_of_life) {
  comes_to_receipt();
  happens(paper_is(hal::Media::present));
  printing_ends(PrintOutcome::confirmed);
  passes(kInactivity - 1s);
  happens(paper_is(hal::Media::taken));
  passes(kInactivity - 1s);
  EXPECT_EQ(overlay(), Overlay::none);
  happens(paper_is(hal::Media::taken));
  passes(1s);
  EXPECT_EQ(overlay(), Overlay::still_there) << "it is taken once";
}

TEST_F(AVisit, is_told_by_the_taking_of_the_paper_that_somebody_is_still_there) {
  comes_to_receipt();
  happens(paper_is(hal::Media::present));
  printing_ends(PrintOutcome::confirmed);
  passes(kInactivity + 10s);
  happens(paper_is(hal::Media::taken));
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, reminds_of_the_paper_that_nobody_was_seen_taking) {
  comes_to_receipt();
  printing_ends(PrintOutcome::confirmed);
  happens(Done{});
  EXPECT_EQ(stage(), Stage::take_card);
  EXPECT_TRUE(visit.state().paper_to_take);
  happens(paper_is(hal::Media::taken));
  EXPECT_FALSE(visit.state().paper_to_take);
}

TEST_F(AVisit, reminds_of_no_paper_where_none_came_out_or_it_was_taken) {
  comes_to_receipt();
  printing_ends(PrintOutcome::not_printed, Failure::print_no_paper);
  happens(Done{});
  EXPECT_FALSE(visit.state().paper_to_take);
  lifts_card();
  happens(Touched{});
  comes_to_receipt();
  printing_ends(PrintOutcome::confirmed);
  happens(paper_is(hal::Media::taken));
  happens(Done{});
  EXPECT_FALSE(visit.state().paper_to_take);
}

TEST_F(AVisit, marks_a_second_paper_as_a_copy) {
  comes_to_receipt();
  printing_ends(PrintOutcome::confirmed);
  happens(PrintAgain{});
  ASSERT_EQ(commands<Print>().size(), 2U);
  EXPECT_TRUE(says_copy(*commands<Print>()[1]));
  EXPECT_TRUE(session().copy);
}

TEST_F(AVisit, marks_a_paper_after_an_unknown_one_as_a_copy) {
  comes_to_receipt();
  printing_ends(PrintOutcome::unknown);
  happens(PrintAgain{});
  printing_ends(PrintOutcome::not_printed, Failure::print_cover_open);
  happens(PrintAgain{});
  EXPECT_TRUE(says_copy(*commands<Print>()[2])) << "the first may still be on paper";
}

TEST_F(AVisit, prints_the_original_after_nothing_was_printed) {
  comes_to_receipt();
  printing_ends(PrintOutcome::not_printed, Failure::print_no_paper);
  happens(PrintAgain{});
  ASSERT_EQ(commands<Print>().size(), 2U);
  EXPECT_FALSE(says_copy(*commands<Print>()[1]));
}

TEST_F(AVisit, prints_no_second_time_while_it_prints) {
  comes_to_receipt();
  happens(PrintAgain{});
  happens(PrintAgain{});
  EXPECT_EQ(commands<Print>().size(), 1U);
}

TEST_F(AVisit, ignores_the_late_end_of_an_earlier_print) {
  comes_to_receipt();
  printing_ends(PrintOutcome::unknown);
  happens(PrintAgain{});
  printing_ends(commands<Print>()[0]->job, PrintOutcome::confirmed);
  EXPECT_EQ(session().print, PrintProgress::printing);
}

TEST_F(AVisit, ignores_the_end_of_a_print_of_the_visit_before) {
  comes_to_receipt();
  happens(Done{});
  lifts_card();
  const auto old_job = commands<Print>()[0]->job;
  comes_to_receipt();
  printing_ends(old_job, PrintOutcome::confirmed);
  EXPECT_EQ(session().print, PrintProgress::printing);
}

TEST_F(AVisit, does_not_wait_for_a_silent_printer_for_ever) {
  comes_to_receipt();
  passes(kPrinterPatience);
  EXPECT_EQ(session().print, PrintProgress::unknown);
  EXPECT_EQ(session().print_failure, Failure::print_no_answer);
  printing_ends(PrintOutcome::confirmed);
  EXPECT_EQ(session().print, PrintProgress::printed) << "late, but known now";
}

TEST_F(AVisit, counts_no_inactivity_while_it_prints) {
  comes_to_receipt();
  passes(kPrinterPatience - 1s);
  printing_ends(PrintOutcome::confirmed);
  passes(kInactivity - 1s);
  EXPECT_EQ(overlay(), Overlay::none);
  passes(1s);
  EXPECT_EQ(overlay(), Overlay::still_there);
}

struct PrinterLoss {
  const char* name;
  DeviceState state;
  std::optional<Failure> failure;
  Failure told;
};

class WithoutAPrinter : public AVisit, public ::testing::WithParamInterface<PrinterLoss> {
 protected:
  void printer_fails() { printer_is(GetParam().state, GetParam().failure); }
  void expect_not_printed() {
    EXPECT_EQ(stage(), Stage::receipt);
    EXPECT_TRUE(commands<Print>().empty());
    EXPECT_EQ(session().print, PrintProgress::not_printed);
    EXPECT_EQ(session().print_failure, GetParam().told);
  }
};

TEST_P(WithoutAPrinter, a_visit_shows_its_code_and_prints_nothing) {
  printer_fails();
  comes_to_receipt();
  expect_not_printed();
}

TEST_P(WithoutAPrinter, at_the_services_page_nothing_changes) {
  lays_card(kWang);
  printer_fails();
  EXPECT_EQ(stage(), Stage::services);
  happens(ChooseService{"allowance"});
  EXPECT_EQ(stage(), Stage::question);
}

TEST_P(WithoutAPrinter, at_a_question_nothing_changes) {
  comes_to_first_question();
  printer_fails();
  EXPECT_EQ(question(), "address");
}

TEST_P(WithoutAPrinter, at_the_check_page_one_can_still_submit) {
  comes_to_check();
  printer_fails();
  happens(SubmitApplication{});
  is_saved(application());
  expect_not_printed();
}

TEST_P(WithoutAPrinter, while_saving_the_receipt_page_still_comes) {
  comes_to_saving();
  printer_fails();
  is_saved(application());
  expect_not_printed();
}

TEST_P(WithoutAPrinter, while_printing_the_result_is_awaited) {
  comes_to_receipt();
  printer_fails();
  EXPECT_EQ(session().print, PrintProgress::printing);
  printing_ends(PrintOutcome::unknown, GetParam().told);
  EXPECT_EQ(session().print, PrintProgress::unknown);
}

TEST_P(WithoutAPrinter, the_resident_may_print_when_it_is_back) {
  printer_fails();
  comes_to_receipt();
  happens(PrintAgain{});
  expect_not_printed();
  printer_is(DeviceState::online);
  EXPECT_TRUE(commands<Print>().empty()) << "only when asked";
  happens(PrintAgain{});
  ASSERT_EQ(commands<Print>().size(), 1U);
  EXPECT_FALSE(says_copy(*commands<Print>()[0]));
}

TEST_P(WithoutAPrinter, the_end_of_the_visit_is_the_same) {
  comes_to_receipt();
  printing_ends(PrintOutcome::confirmed);
  printer_fails();
  happens(Done{});
  EXPECT_EQ(stage(), Stage::take_card);
  lifts_card();
  EXPECT_EQ(stage(), Stage::wiped);
}

INSTANTIATE_TEST_SUITE_P(
    Losses, WithoutAPrinter,
    ::testing::Values(PrinterLoss{"absent", DeviceState::no_device, {}, Failure::print_no_printer},
                      PrinterLoss{"no_paper", hal::faulted_by(Failure::print_no_paper), Failure::print_no_paper,
                                  Failure::print_no_paper},
                      PrinterLoss{"fault", hal::faulted_by(Failure::print_out_of_service), {}, Failure::print_out_of_service}),
    [](const auto& loss) { return std::string(loss.param.name); });

}  // namespace
}  // namespace visit_test
