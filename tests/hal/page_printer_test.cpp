// Pages through a real CUPS scheduler.
#include "base/mailbox.h"
#include "hal/printer/ipp/lp_page_printer.h"
#include "hal/printer/ipp/test_pdf.h"
#include "tests/hal/cups_scheduler.h"

namespace {

using base::Failure;
using hal::DeviceState;
using hal::Evidence;
using hal::PrintOutcome;

constexpr std::chrono::seconds kPageLong{30};

class APagePrinter : public testing::Test {
 protected:
  void start(hal::LpQueue queue, hal::LpTiming timing = {}) {
    printer_ = hal::make_lp_page_printer(
        std::move(queue), [this](hal::PrinterEvent event) { events_.post(std::move(event)); }, timing);
  }
  hal::LpQueue forms() const { return {"forms", cups_.socket()}; }

  template <class Event>
  Event await() {
    while (auto event = events_.take_for(kPageLong))
      if (auto* wanted = std::get_if<Event>(&*event)) return *wanted;
    ADD_FAILURE() << "nothing came";
    return {};
  }
  hal::PrintFinished print(std::string_view pdf) {
    printer_->print(++job_, base::Secret(pdf));
    const auto finished = await<hal::PrintFinished>();
    EXPECT_EQ(finished.job, job_);
    EXPECT_NE(finished.outcome, PrintOutcome::confirmed) << "nobody behind a queue can say that";
    return finished;
  }

  CupsScheduler cups_;
  base::Mailbox<hal::PrinterEvent> events_;
  hal::PrintJobId job_ = 0;
  std::unique_ptr<hal::PagePrinter> printer_;  // last: dies before what its sink uses
};

TEST_F(APagePrinter, claims_no_more_than_that_the_document_was_submitted) {
  start(forms());
  EXPECT_EQ(await<hal::DeviceHealth>().state, DeviceState::online);
  std::string pdf = "%PDF-1.4\n";
  for (int i = 0; i < 300'000; ++i) pdf.push_back(static_cast<char>(i * 7));
  const auto finished = print(pdf);
  EXPECT_EQ(finished.outcome, PrintOutcome::unknown);
  EXPECT_EQ(finished.evidence, Evidence::submitted);
  EXPECT_EQ(finished.failure, Failure::print_outcome_unknown);
  ASSERT_EQ(cups_.documents().size(), 1U);
  EXPECT_TRUE(cups_.documents().front() == pdf) << "not the bytes that were given";
}

TEST_F(APagePrinter, whose_queue_refuses_or_stands_still_says_so) {
  EXPECT_TRUE(cups_.run("/usr/sbin/cupsreject", {"forms"}));
  start(forms());
  const auto health = await<hal::DeviceHealth>();
  EXPECT_EQ(health.state, DeviceState::hardware_fault);
  EXPECT_EQ(health.failure, Failure::print_out_of_service);
  const auto refused = print("%PDF-1.4");
  EXPECT_EQ(refused.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(refused.evidence, Evidence::none);
  EXPECT_EQ(refused.failure, Failure::print_out_of_service);
  EXPECT_TRUE(cups_.run("/usr/sbin/cupsaccept", {"forms"}));
  printer_->check(hal::HealthCheck::active);
  EXPECT_TRUE(await<hal::HealthChecked>().passed);
  EXPECT_TRUE(cups_.run("/usr/sbin/cupsdisable", {"forms"}));
  printer_->check(hal::HealthCheck::active);
  EXPECT_EQ(await<hal::HealthChecked>().health.failure, Failure::print_out_of_service);
  EXPECT_TRUE(cups_.documents().empty());
}

TEST_F(APagePrinter, that_is_not_there_is_no_device) {
  for (const auto& queue :
       {hal::LpQueue{"nothing", cups_.socket()}, hal::LpQueue{"-o raw", cups_.socket()},
        hal::LpQueue{"forms", "/nonexistent.sock"}, hal::LpQueue{"forms", "", "/nonexistent", "/nonexistent"}}) {
    start(queue);
    EXPECT_EQ(await<hal::DeviceHealth>().state, DeviceState::no_device) << queue.name;
    const auto finished = print("%PDF-1.4");
    EXPECT_EQ(finished.outcome, PrintOutcome::not_printed);
    EXPECT_EQ(finished.failure, Failure::print_no_printer);
  }
}

TEST_F(APagePrinter, takes_only_pdf) {
  start(forms());
  EXPECT_EQ(print("\x1b@ hello").outcome, PrintOutcome::not_printed);
  EXPECT_EQ(print("").failure, Failure::internal);
  EXPECT_TRUE(cups_.documents().empty());
}

TEST_F(APagePrinter, whose_scheduler_hangs_is_given_up_and_nobody_knows) {
  start(forms(), {std::chrono::seconds{3}, std::chrono::seconds{20}, std::chrono::hours{1}});  // time for the first answer
  EXPECT_EQ(await<hal::DeviceHealth>().state, DeviceState::online);
  cups_.freeze();
  const auto finished = print("%PDF-1.4");
  EXPECT_EQ(finished.outcome, PrintOutcome::unknown);
  EXPECT_EQ(finished.evidence, Evidence::none);
  EXPECT_EQ(finished.failure, Failure::print_no_answer);
  EXPECT_GE(printer_->statistics().value(hal::Counter::unanswered), 1U);
}

TEST_F(APagePrinter, taken_down_while_the_scheduler_hangs_ends_at_once_with_every_job_answered) {
  start(forms());
  EXPECT_EQ(await<hal::DeviceHealth>().state, DeviceState::online);
  cups_.freeze();
  printer_->print(1, base::Secret("%PDF-1.4"));
  printer_->print(2, base::Secret("%PDF-1.4"));
  const auto begin = std::chrono::steady_clock::now();
  printer_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
  EXPECT_NE(await<hal::PrintFinished>().outcome, PrintOutcome::confirmed);
  EXPECT_EQ(await<hal::PrintFinished>().job, 2U);
}

TEST_F(APagePrinter, submits_a_test_page_when_asked_for_one) {
  start(forms());
  printer_->check(hal::HealthCheck::interactive);
  const auto checked = await<hal::HealthChecked>();
  EXPECT_TRUE(checked.passed);
  EXPECT_NE(checked.details.find("look at the printer"), std::string::npos) << checked.details;
  ASSERT_EQ(cups_.documents().size(), 1U);
  EXPECT_EQ(cups_.documents().front(), hal::test_pdf().reveal());
}

}  // namespace
