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
#include "hal/printer/escpos_identity.h"
#include "hal/printer/escpos_job.h"
#include "hal/printer/escpos_recovery.h"
#include "hal/printer/receipt_layout.h"
#include "hal/printer/test_page.h"

namespace hal {
namespace {

using base::Failure;

struct Job {
  PrintJobId id = 0;
  PrintDocument document;
};
struct Check {
  HealthCheck level = HealthCheck::passive;
  unsigned number = 0;  // only the newest is answered
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

  void check(HealthCheck level) override { (void)jobs_.post(Check{level, ++newest_check_}); }
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  using Errand = std::variant<Job, Check>;

  void work();
  void connect();
  void disconnect();
  void look_after();
  void look_at_condition();
  void look_at_ticket(Media media);
  void learn_identity(bool asked_for);
  void carry_out(Job job);
  void carry_out(Check check);
  PrintFinished print_document(PrintDocument& document);
  PrintFinished print_picture(typeset::DotBitmap picture);
  base::Result<typeset::DotBitmap> picture_of(const PrintDocument& document);
  void count(const PrintFinished& finished);
  bool is_troubled() const;
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
  std::atomic<unsigned> newest_check_{0};
  std::mutex link_mutex_;  // held to set the link, and to cancel it
  std::unique_ptr<EscposLink> link_;

  // The rest belongs to the thread.
  std::unique_ptr<typeset::Typesetter> typesetter_;
  Residue residue_ = Residue::possible;
  std::uint32_t next_id_ = 0;
  base::Instant next_check_{};
  std::optional<DeviceHealth> reported_;
  PrinterIdentity identity_;
  bool identity_asked_ = false;  // on this connection
  Supply supply_ = Supply::unknown;
  Media media_ = Media::unknown;
  std::optional<base::Instant> ticket_since_;  // by the clock: a ticket waits at the mouth
  std::thread thread_;                         // last: everything else exists when it starts
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
  if (!transport) {
    const auto trouble = transports_->trouble();
    return report(trouble ? DeviceState::offline : DeviceState::no_device, trouble);
  }
  auto link = std::make_unique<EscposLink>(std::move(transport), profile_, timing_, statistics_);
  {
    const std::lock_guard lock(link_mutex_);
    if (stopping_) link->cancel();
    link_ = std::move(link);
  }
  statistics_.add(Counter::connects);
  if (residue_ == Residue::none) residue_ = Residue::possible;
  identity_asked_ = false;
  next_check_ = {};
}

// Another printer may be found next: nothing that is known of this one holds for it.
void EscposPrinter::disconnect() {
  {
    const std::lock_guard lock(link_mutex_);
    link_.reset();
  }
  identity_ = {};
  supply_ = Supply::unknown;
  media_ = Media::unknown;
  ticket_since_.reset();
  if (!stopping_) report(DeviceState::no_device, std::nullopt);
}

bool EscposPrinter::is_troubled() const {
  return residue_ != Residue::none || (reported_ && reported_->state != DeviceState::online);
}

// The idle printer: hears what it says by itself, asks it now and then, and cleans up what a job left.
void EscposPrinter::look_after() {
  (void)link_->hear_out(std::chrono::milliseconds{0});
  if (link_->lost()) return disconnect();
  if (!link_->heard_news() && !is_troubled() && clock_.now() < next_check_) return;
  next_check_ = clock_.now() + timing_.idle_check;
  if (residue_ != Residue::none) {
    if (!reported_ || reported_->state == DeviceState::no_device) report(DeviceState::starting, std::nullopt);
    const auto failure = EscposRecovery(*link_, profile_, timing_, statistics_).run(residue_);
    if (failure) report_condition(failure);
  }
  if (residue_ == Residue::none && !link_->lost()) look_at_condition();
  if (link_->lost()) disconnect();
}

void EscposPrinter::look_at_condition() {
  if (!link_->answers()) return report_condition(std::nullopt);
  const auto condition = link_->ask_condition();
  if (!condition) return report_condition(Failure::print_no_answer);
  if (!condition->failure) learn_identity(false);
  look_at_ticket(condition->media);
  const bool waiting = media_ == Media::present && !condition->failure;
  report_condition(waiting ? Failure::print_ticket_waiting : condition->failure);
}

// "taken" stays until the next job, because nothing at the mouth says less.
void EscposPrinter::look_at_ticket(Media media) {
  if (media != Media::present) {
    ticket_since_.reset();
    if (media != Media::none || media_ != Media::taken) media_ = media;
    return;
  }
  media_ = Media::present;
  if (!ticket_since_) ticket_since_ = clock_.now();
  const auto& presenter = *profile_.presenter;
  if (presenter.retract.empty() || presenter.retract_after.count() == 0 ||
      *ticket_since_ + presenter.retract_after > clock_.now())
    return;
  base::log::warning("a ticket nobody took is drawn back");
  (void)link_->write(presenter.retract, timing_.reply);
  ticket_since_.reset();
}

// A printer that may not know GS I is asked only when somebody wants to know, and one that kept silent not again.
void EscposPrinter::learn_identity(bool asked_for) {
  const bool may_ask = profile_.identity == Support::yes || (asked_for && profile_.identity == Support::unknown);
  if (identity_asked_ || !may_ask || !link_->answers() || residue_ != Residue::none) return;
  identity_asked_ = true;
  identity_ = ask_printer_identity(*link_, profile_);
}

void EscposPrinter::carry_out(Job job) {
  statistics_.add(Counter::jobs);
  auto finished = print_document(job.document);
  wipe(job.document);
  finished.job = job.id;
  count(finished);
  if (finished.failure) base::log::warning("print job {} {}", job.id, base::entry(*finished.failure).code);
  sink_(finished);
}

void EscposPrinter::count(const PrintFinished& finished) {
  if (finished.outcome == PrintOutcome::confirmed) statistics_.add(Counter::jobs_confirmed);
  if (finished.outcome == PrintOutcome::unknown) statistics_.add(Counter::jobs_unknown);
}

PrintFinished EscposPrinter::print_document(PrintDocument& document) {
  PrintFinished finished{0, PrintOutcome::not_printed, Evidence::none, Failure::print_no_printer};
  if (!link_) connect();
  if (link_ && residue_ != Residue::none) look_after();
  if (link_ && residue_ == Residue::none) {
    auto picture = picture_of(document);
    if (picture) return print_picture(*std::move(picture));
    finished.failure = picture.error().failure;
  } else if (reported_ && reported_->failure) {
    finished.failure = reported_->failure;
  }
  return finished;
}

void EscposPrinter::carry_out(Check check) {
  if (check.number != newest_check_) return;  // replaced
  std::string found;
  bool passed = true;
  if (check.level != HealthCheck::passive) {
    next_check_ = {};
    if (!link_) connect();
    if (link_) look_after();
    if (link_ && reported_ && reported_->state == DeviceState::online) {
      learn_identity(true);
      report(reported_->state, reported_->failure);  // with its serial number
    }
  }
  if (check.level == HealthCheck::interactive) {
    auto page = test_page(profile_, identity_);
    const auto finished = print_document(page);
    passed = finished.outcome == PrintOutcome::confirmed;
    found = describe(finished);
  }
  const DeviceHealth health = reported_.value_or(DeviceHealth{});
  passed = passed && health.state == DeviceState::online && !health.failure;
  const std::string state = fmt::format("printer {}: {}", profile_.name, name_of(health.state));
  sink_(HealthChecked{check.level, passed, health, fmt::format("{}{}{}", state, describe(identity_), found)});
}

PrintFinished EscposPrinter::print_picture(typeset::DotBitmap picture) {
  if (media_ == Media::taken) media_ = Media::none;
  report(DeviceState::busy, std::nullopt);
  const auto on_media = [this](Media media) {
    media_ = media;
    report(DeviceState::busy, std::nullopt);
  };
  EscposJob job(*link_, profile_, timing_, statistics_, {next_id_}, on_media);
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
  supply_ = link_->supply();
  report(failure ? faulted_by(*failure) : DeviceState::online, failure);
}

void EscposPrinter::report(DeviceState state, std::optional<Failure> failure) {
  DeviceHealth health{state, failure, identity_.serial, supply_, media_};
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
