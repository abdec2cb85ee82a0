#include "hal/printer/escpos_printer.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/mailbox.h"
#include "base/secret.h"
#include "hal/printer/document_wipe.h"
#include "hal/printer/escpos_job.h"
#include "hal/printer/escpos_recovery.h"
#include "hal/printer/receipt_layout.h"

namespace hal {
namespace {

using base::Failure;

struct Job {
  PrintJobId id = 0;
  PrintDocument document;
};

class EscposPrinter final : public Printer {
 public:
  EscposPrinter(std::unique_ptr<TransportFactory> transports, const base::Clock& clock, PrinterProfile profile,
                std::string fonts_conf, PrinterSink sink, EscposTiming timing)
      : transports_(std::move(transports)),
        clock_(clock),
        profile_(std::move(profile)),
        fonts_conf_(std::move(fonts_conf)),
        sink_(std::move(sink)),
        timing_(timing),
        thread_([this] { work(); }) {}

  ~EscposPrinter() override {
    stopping_ = true;
    jobs_.close();
    transports_->cancel();
    {
      const std::lock_guard lock(link_mutex_);
      if (link_) link_->cancel();
    }
    thread_.join();
  }

  void print(PrintJobId job, PrintDocument document) override {
    if (!jobs_.post(Job{job, std::move(document)})) sink_(PrintFinished{job, PrintOutcome::not_printed, Evidence::none, {}});
  }

  void check(HealthCheck level) override { (void)jobs_.post(level); }
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  using Errand = std::variant<Job, HealthCheck>;

  void work();
  void connect();
  void disconnect();
  void look_after();
  void carry_out(Job job);
  void carry_out(HealthCheck level);
  PrintFinished print_picture(typeset::DotBitmap picture);
  base::Result<typeset::DotBitmap> picture_of(const PrintDocument& document);
  void report(DeviceState state, std::optional<Failure> failure);
  void report_condition(std::optional<Failure> failure);

  std::unique_ptr<TransportFactory> transports_;
  const base::Clock& clock_;
  const PrinterProfile profile_;
  const std::string fonts_conf_;
  const PrinterSink sink_;
  const EscposTiming timing_;

  base::Mailbox<Errand> jobs_;
  DeviceStatistics statistics_;
  std::atomic<bool> stopping_{false};
  std::mutex link_mutex_;  // held to set the link, and to cancel it
  std::unique_ptr<EscposLink> link_;

  // The rest belongs to the thread.
  std::unique_ptr<typeset::Typesetter> typesetter_;
  Residue residue_ = Residue::possible;
  std::uint32_t next_id_ = 0;
  base::Instant next_check_{};
  std::optional<DeviceHealth> reported_;
  std::thread thread_;  // last: everything else exists when it starts
};

void EscposPrinter::work() {
  while (!stopping_) {
    if (!link_) connect();
    if (link_) look_after();
    if (auto errand = jobs_.take_for(link_ ? timing_.idle_listen : timing_.reopen))
      std::visit([this](auto&& what) { carry_out(std::forward<decltype(what)>(what)); }, *std::move(errand));
  }
  while (auto errand = jobs_.try_take())
    if (const auto* job = std::get_if<Job>(&*errand))
      sink_(PrintFinished{job->id, PrintOutcome::not_printed, Evidence::none, {}});
}

void EscposPrinter::connect() {
  auto transport = transports_->open();
  if (!transport) return report(DeviceState::no_device, std::nullopt);
  auto link = std::make_unique<EscposLink>(std::move(transport), profile_, timing_);
  {
    const std::lock_guard lock(link_mutex_);
    if (stopping_) link->cancel();
    link_ = std::move(link);
  }
  if (residue_ == Residue::none) residue_ = Residue::possible;
  next_check_ = {};
}

void EscposPrinter::disconnect() {
  {
    const std::lock_guard lock(link_mutex_);
    link_.reset();
  }
  if (!stopping_) report(DeviceState::no_device, std::nullopt);
}

// The idle printer: hears what it says by itself, asks it now and then, and cleans up what a job left.
void EscposPrinter::look_after() {
  while (link_->listen(std::chrono::milliseconds{0})) {}
  if (link_->lost()) return disconnect();
  const bool troubled = residue_ != Residue::none || (reported_ && reported_->state != DeviceState::online);
  if (!link_->heard_news() && !troubled && clock_.now() < next_check_) return;
  next_check_ = clock_.now() + timing_.idle_check;
  if (residue_ != Residue::none) {
    if (!reported_ || reported_->state == DeviceState::no_device) report(DeviceState::starting, std::nullopt);
    report_condition(EscposRecovery(*link_, profile_, timing_).run(residue_));
  } else {
    const auto condition = link_->ask_condition();
    report_condition(condition ? condition->failure : Failure::print_no_answer);
  }
  if (link_->lost()) disconnect();
}

void EscposPrinter::carry_out(Job job) {
  PrintFinished finished{job.id, PrintOutcome::not_printed, Evidence::none, Failure::print_no_printer};
  if (!link_) connect();
  if (link_ && residue_ != Residue::none) look_after();
  if (link_ && residue_ == Residue::none) {
    auto picture = picture_of(job.document);
    if (picture)
      finished = print_picture(*std::move(picture));
    else
      finished.failure = picture.error().failure;
  } else if (link_ && reported_ && reported_->failure) {
    finished.failure = reported_->failure;
  }
  wipe(job.document);
  finished.job = job.id;
  if (finished.failure) base::log::warning("print job {} {}", job.id, base::entry(*finished.failure).code);
  sink_(finished);
}

void EscposPrinter::carry_out(HealthCheck level) {
  if (level != HealthCheck::passive) {
    next_check_ = {};
    if (!link_) connect();
    if (link_) look_after();
  }
  const DeviceHealth health = reported_.value_or(DeviceHealth{});
  const bool passed = health.state == DeviceState::online && !health.failure;
  sink_(HealthChecked{level, passed, health, fmt::format("printer is {}", name_of(health.state))});
}

PrintFinished EscposPrinter::print_picture(typeset::DotBitmap picture) {
  EscposJob job(*link_, profile_, timing_, {next_id_});
  next_id_ += 2;
  const PrintFinished finished = job.run(picture);
  base::wipe(picture.bytes.data(), picture.bytes.size());
  if (job.left_residue()) residue_ = Residue::likely;
  // Clean up and say how the printer is before the answer goes out: who is told "no paper" should see it too.
  next_check_ = {};
  look_after();
  return finished;
}

base::Result<typeset::DotBitmap> EscposPrinter::picture_of(const PrintDocument& document) {
  if (!typesetter_) {
    auto created = typeset::Typesetter::create(fonts_conf_);
    if (!created) {
      base::log::failure(created.error());
      return created.error();
    }
    typesetter_ = *std::move(created);
  }
  return lay_out(document, profile_, *typesetter_);
}

void EscposPrinter::report_condition(std::optional<Failure> failure) {
  if (link_->lost()) return;
  report(failure ? faulted_by(*failure) : DeviceState::online, failure);
}

void EscposPrinter::report(DeviceState state, std::optional<Failure> failure) {
  DeviceHealth health{state, failure, {}};
  if (reported_ == health) return;
  reported_ = health;
  sink_(std::move(health));
}

}  // namespace

std::unique_ptr<Printer> make_escpos_printer(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                             PrinterProfile profile, std::string fonts_conf, PrinterSink sink,
                                             EscposTiming timing) {
  return std::make_unique<EscposPrinter>(std::move(transports), clock, std::move(profile), std::move(fonts_conf), std::move(sink),
                                         timing);
}

}  // namespace hal
