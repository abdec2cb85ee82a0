#include "hal/printer/ipp/lp_page_printer.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/mailbox.h"
#include "hal/printer/ipp/program.h"
#include "hal/printer/ipp/test_pdf.h"

namespace hal {
namespace {

using base::Failure;

struct PageJob {
  PrintJobId id = 0;
  base::Secret pdf;
};
using Errand = std::variant<PageJob, HealthCheck>;

bool is_queue_name(const std::string& name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 127 && name.front() != '-' && std::all_of(name.begin(), name.end(), fits);
}

class LpPagePrinter final : public PagePrinter {
 public:
  LpPagePrinter(LpQueue queue, PrinterSink sink, LpTiming timing)
      : queue_(std::move(queue)), sink_(std::move(sink)), timing_(timing), stop_(eventfd(0, EFD_CLOEXEC)), thread_([this] {
          work();
        }) {}

  ~LpPagePrinter() override {
    stopping_ = true;
    errands_.close();
    (void)eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
  }

  void print(PrintJobId job, base::Secret pdf) override {
    if (!errands_.post(PageJob{job, std::move(pdf)})) sink_(PrintFinished{job, PrintOutcome::not_printed, Evidence::none, {}});
  }
  void check(HealthCheck level) override { (void)errands_.post(level); }
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  void work();
  void carry_out(PageJob job);
  void carry_out(HealthCheck level);
  PrintFinished submit(const base::Secret& pdf);
  void look();
  void report(DeviceState state, std::optional<Failure> failure);
  std::vector<std::string> command(const std::string& program, std::vector<std::string> rest) const;

  const LpQueue queue_;
  const PrinterSink sink_;
  const LpTiming timing_;
  const int stop_;
  base::Mailbox<Errand> errands_;
  DeviceStatistics statistics_;
  std::atomic<bool> stopping_{false};
  std::optional<DeviceHealth> reported_;
  std::thread thread_;  // last: everything else exists when it starts
};

void LpPagePrinter::work() {
  look();
  while (!stopping_) {
    auto errand = errands_.take_for(timing_.look);
    if (errand)
      std::visit([this](auto&& what) { carry_out(std::forward<decltype(what)>(what)); }, *std::move(errand));
    else if (!stopping_)
      look();
  }
  while (auto errand = errands_.try_take())
    if (const auto* job = std::get_if<PageJob>(&*errand))
      sink_(PrintFinished{job->id, PrintOutcome::not_printed, Evidence::none, {}});
}

void LpPagePrinter::carry_out(PageJob job) {
  statistics_.add(Counter::jobs);
  auto finished = submit(job.pdf);
  job.pdf.wipe();
  finished.job = job.id;
  if (finished.outcome == PrintOutcome::unknown) statistics_.add(Counter::jobs_unknown);
  if (finished.evidence != Evidence::submitted) base::log::warning("page job {} {}", job.id, base::entry(*finished.failure).code);
  sink_(finished);
}

PrintFinished LpPagePrinter::submit(const base::Secret& pdf) {
  PrintFinished finished{0, PrintOutcome::not_printed, Evidence::none, Failure::internal};
  if (pdf.size() > kLongestPdf || pdf.reveal().substr(0, 5) != "%PDF-") return finished;
  const auto ended =
      run_program(command(queue_.lp, {"-d", queue_.name, "-t", "linli", "-o", "media=A4"}), pdf.reveal(), timing_.submit, stop_);
  if (ended.exit_code == 0) return {0, PrintOutcome::unknown, Evidence::submitted, Failure::print_outcome_unknown};
  if (ended.started && !ended.exit_code) {  // it may have been taken all the same
    statistics_.add(Counter::unanswered);
    return {0, PrintOutcome::unknown, Evidence::none, Failure::print_no_answer};
  }
  look();
  finished.failure = reported_ && reported_->failure ? reported_->failure : Failure::print_no_printer;
  return finished;
}

void LpPagePrinter::look() {
  if (!is_queue_name(queue_.name)) return report(DeviceState::no_device, std::nullopt);
  const auto ended = run_program(command(queue_.lpstat, {"-a", queue_.name, "-p", queue_.name}), {}, timing_.ask, stop_);
  if (ended.started && !ended.exit_code) {
    statistics_.add(Counter::unanswered);
    return report(DeviceState::offline, Failure::print_no_answer);
  }
  if (ended.exit_code != 0) return report(DeviceState::no_device, std::nullopt);
  const auto says = [&ended](const char* words) { return ended.output.find(words) != std::string::npos; };
  const bool out_of_service = says(" not accepting requests") || says(" disabled since");
  if (out_of_service) return report(DeviceState::hardware_fault, Failure::print_out_of_service);
  report(DeviceState::online, std::nullopt);
}

void LpPagePrinter::carry_out(HealthCheck level) {
  std::string found;
  bool passed = true;
  if (level != HealthCheck::passive) look();
  if (level == HealthCheck::interactive) {
    const auto finished = submit(test_pdf());
    passed = finished.evidence == Evidence::submitted;
    found = passed ? "; the test page was submitted: look at the printer" : "; the test page was not taken";
  }
  const auto health = reported_.value_or(DeviceHealth{});
  passed = passed && health.state == DeviceState::online;
  sink_(HealthChecked{level, passed, health, "queue " + queue_.name + " is " + std::string(name_of(health.state)) + found});
}

void LpPagePrinter::report(DeviceState state, std::optional<Failure> failure) {
  if (stopping_) return;
  DeviceHealth health{state, failure, {}};
  if (reported_ == health) return;
  if (state == DeviceState::online) statistics_.add(Counter::connects);
  reported_ = health;
  sink_(std::move(health));
}

std::vector<std::string> LpPagePrinter::command(const std::string& program, std::vector<std::string> rest) const {
  std::vector<std::string> all{program};
  if (!queue_.server.empty()) all.insert(all.end(), {"-h", queue_.server});
  all.insert(all.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
  return all;
}

}  // namespace

std::unique_ptr<PagePrinter> make_lp_page_printer(LpQueue queue, PrinterSink sink, LpTiming timing) {
  return std::make_unique<LpPagePrinter>(std::move(queue), std::move(sink), timing);
}

}  // namespace hal
