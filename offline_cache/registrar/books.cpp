#include "offline_cache/registrar/books.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hex.h"
#include "base/log.h"
#include "offline_cache/registrar/audit_signer.h"

namespace offline_cache {
namespace {

using base::Failure;
using nlohmann::json;

constexpr std::size_t kLongestSoftware = 32;

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

base::WallTime::duration offset_of(const base::Clock& clock) {
  return clock.wall().time_since_epoch() - std::chrono::duration_cast<base::WallTime::duration>(clock.now().time_since_epoch());
}

std::string second_text(base::WallTime at) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::hh_mm_ss time(second - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", day_text(std::chrono::year_month_day(day)), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

AuditWord word_of(TicketSource source) {
  switch (source) {
    case TicketSource::platform:
      return "platform";
    case TicketSource::reserve:
      return "reserve";
    case TicketSource::own:
      break;
  }
  return "own";
}

}  // namespace

Books::Books(RegistrarConfiguration configuration, const base::Clock& clock, base::Random& random, RegistrarSink sink)
    : configuration_(std::move(configuration)),
      clock_(clock),
      random_(random),
      sink_(std::move(sink)),
      audit_(
          [this]() -> base::Result<OpenedAuditLog> {
            auto signer = device_signer(configuration_.data_folder, configuration_.device_key);
            if (!signer) return signer.error();
            return open_audit_log(configuration_.data_folder, configuration_.terminal, configuration_.audit, clock_, random_,
                                  *std::move(signer));
          },
          clock),
      catalogue_(configuration_.data_folder, configuration_.catalogue_keys),
      circuit_(random, configuration_.fleet_spread),
      http_(configuration_.http, configuration_.trust),
      ids_(clock, random) {
  configuration_.platform_url = without_slash(std::move(configuration_.platform_url));
}

void Books::begin() {
  (void)base::make_folder(configuration_.data_folder);  // others report it when this fails
  wall_offset_ = offset_of(clock_);
  circuit_.began(clock_.now());
  record(AuditRecord(AuditEvent::kiosk_started).add(std::int64_t{kAuditTable}));
  (void)audit_.write();
  tell_audit();
  if (catalogue_.alarm()) record(AuditRecord(AuditEvent::catalogue_refused).add(*catalogue_.alarm()));
  if (catalogue_.expired(clock_.wall())) base::log::failure({Failure::catalogue_expired, "it stays in use"});
  if (catalogue_.current()) sink_(CatalogueTaken{*catalogue_.current()});
  catalogue_wanted_ = !configuration_.catalogue_keys.empty();
  (void)ledger();
}

void Books::end() {
  http_.cancel();
  if (const auto* number = under_way_ ? std::get_if<Number>(&*under_way_) : nullptr) give_own(*number);
  under_way_.reset();
  record(AuditRecord(AuditEvent::kiosk_stopped));
  (void)audit_.write();
  audit_.close();
}

Ledger* Books::ledger() {
  if (ledger_ || clock_.now() < next_ledger_open_) return ledger_.get();
  next_ledger_open_ = clock_.now() + kReopenLedgerEvery;
  auto opened = open_ledger(configuration_.data_folder, ticket_place(configuration_.terminal), configuration_.hall_time, clock_);
  if (opened)
    ledger_ = *std::move(opened);
  else
    base::log::failure(opened.error());
  return ledger_.get();
}

// --- numbers -----------------------------------------------------------------------------------------------------------

void Books::issue(const base::Uuid& id, char series) {
  const auto now = clock_.now();
  auto* ledger_now = ledger();
  const Number number{id, series, {}};
  if (configuration_.series.find(series) == std::string::npos) configuration_.series += series;  // a reserve from now on
  if (ledger_now == nullptr || !online() || !circuit_.may_probe(now) || circuit_.told_to_wait(now)) return give_own(number);
  auto known = ledger_now->find(id);
  if (known && *known) return tell_ticket(**std::move(known), id, std::nullopt);
  waiting_.push_back(number);
}

void Books::give_own(const Number& number) {
  auto* ledger_now = ledger();
  if (ledger_now == nullptr) return tell_ticket(Failure::ticket_unavailable, number.id, std::nullopt);
  tell_ticket(ledger_now->issue(number.id, number.series), number.id, std::nullopt);
  something_to_report_ = true;
}

void Books::tell_ticket(const base::Result<Ticket>& ticket, const base::Uuid& id, std::optional<int> ahead) {
  if (!ticket) {
    base::log::failure(ticket.error());
    const bool taken = ticket.error().failure == Failure::ticket_taken;
    if (!taken) ledger_.reset();  // opened again; the next number asks it anew
    record(AuditRecord(AuditEvent::ticket_not_issued).add(id).add(ticket.error().failure));
    return sink_(TicketFailed{id, taken ? Failure::ticket_taken : Failure::ticket_unavailable});
  }
  record(AuditRecord(AuditEvent::ticket_issued).add(id).add(word_of(ticket->source)));
  sink_(TicketIssued{*ticket, ahead});
}

void Books::on(const Number& number, const RawAnswer& answer) {
  const auto given = read_number(answer, number.id, number.series, number.day);
  settle(given.has_value());
  if (!given) return give_own(number);
  auto* ledger_now = ledger();
  if (ledger_now == nullptr) return tell_ticket(Failure::ticket_unavailable, number.id, std::nullopt);
  auto kept = ledger_now->keep(number.id, number.series, number.day, given->label);
  // A platform that counts from the beginning again: the terminal's own numbers are still nobody else's.
  if (!kept && kept.error().failure == Failure::ticket_taken) {
    base::log::failure(kept.error());
    return give_own(number);
  }
  tell_ticket(kept, number.id, given->ahead);
}

void Books::on(const Report& report, const RawAnswer& answer) {
  const bool settled = report_is_settled(answer);
  settle(settled);
  if (!settled || !ledger()) return;
  if (answer.http >= 400) base::log::warning("TICKET-002 {}: the platform did not take the report", report.id.text());
  if (auto noted = ledger_->reported(report.id); !noted) ledger_.reset();
}

void Books::on(const LeaseNumbers& lease, const RawAnswer& answer) {
  const auto block = read_lease(answer, lease.series, lease.day);
  next_lease_[lease.series] = clock_.now() + kLeaseAgainAfter;
  settle(block.has_value() || answer.http == 409);
  if (block || answer.http == 409) lease_keys_.erase(lease.series);
  if (!block || !ledger()) return;
  if (auto added = ledger_->add_block(*block); !added) return base::log::failure(added.error());
  next_lease_[lease.series] = clock_.now();
}

// --- the network -------------------------------------------------------------------------------------------------------

void Books::sync_now() {
  circuit_.forget();
  next_sync_ = clock_.now();
}

void Books::note_queue(const QueueCounts& counts) { queue_ = counts; }

HttpRequest Books::request(std::string method, const std::string& path, std::string body) const {
  HttpRequest made{std::move(method), configuration_.platform_url + path, {}, std::move(body)};
  if (!made.body.empty()) made.headers.emplace_back("Content-Type: application/json");
  return made;
}

void Books::start(Exchange exchange, HttpRequest request) {
  http_.start(std::move(request));
  under_way_ = std::move(exchange);
}

void Books::start_next() {
  const auto now = clock_.now();
  if (!waiting_.empty()) {
    if (under_way_ && std::holds_alternative<Number>(*under_way_)) return;
    http_.cancel();
    under_way_.reset();
    Number number = waiting_.front();
    waiting_.pop_front();
    const auto day =
        ledger() != nullptr ? ledger_->today() : base::Result<std::chrono::year_month_day>(Failure::ticket_unavailable);
    if (!day) return give_own(number);
    number.day = *day;
    auto made = request("PUT", "/v1/halls/" + ticket_place(configuration_.terminal).hall + "/tickets/" + number.id.text(),
                        json{{"day", day_text(*day)},
                             {"issued", second_text(clock_.wall())},
                             {"series", std::string(1, number.series)},
                             {"terminal", configuration_.terminal}}
                            .dump());
    made.patience = kNumberPatience;
    return start(number, std::move(made));
  }
  if (under_way_ || !online() || !circuit_.may_try(now)) return;
  if (start_report() || start_lease() || start_catalogue()) return;
  if (now < next_sync_) return;
  start(Heartbeat{}, request("POST", "/v1/sync", heartbeat_body()));
}

bool Books::start_report() {
  if (!something_to_report_ || ledger() == nullptr) return false;
  const auto ticket = ledger_->unreported();
  if (!ticket) {
    ledger_.reset();
    return false;
  }
  something_to_report_ = ticket->has_value();
  if (!*ticket) return false;
  const Ticket& oldest = **ticket;
  start(Report{oldest.id},
        request("PUT", "/v1/halls/" + ticket_place(configuration_.terminal).hall + "/tickets/" + oldest.id.text(),
                json{{"day", day_text(oldest.day)},
                     {"issued", second_text(oldest.issued)},
                     {"label", oldest.label},
                     {"series", std::string(1, oldest.series)},
                     {"terminal", configuration_.terminal}}
                    .dump()));
  return true;
}

bool Books::start_lease() {
  for (const char series : configuration_.series) {
    if (clock_.now() < next_lease_[series] || ledger() == nullptr) continue;
    const auto left = ledger_->reserve_left(series);
    const auto day = ledger_->today();
    if (!left || !day) {
      ledger_.reset();
      return false;
    }
    next_lease_[series] = clock_.now() + kLeaseAgainAfter;
    if (*left >= kReserveBlock / 2) continue;
    auto& key = lease_keys_[series];
    if (key.empty()) key = ids_.next().text();
    auto made =
        request("POST", "/v1/halls/" + ticket_place(configuration_.terminal).hall + "/ticket-leases",
                json{{"day", day_text(*day)}, {"series", std::string(1, series)}, {"terminal", configuration_.terminal}}.dump());
    made.headers.push_back("Idempotency-Key: \"" + key + "\"");
    start(LeaseNumbers{series, *day}, std::move(made));
    return true;
  }
  return false;
}

std::string Books::heartbeat_body() const {
  const auto age = queue_.oldest ? std::chrono::floor<std::chrono::seconds>(clock_.wall() - *queue_.oldest).count() : 0;
  json body{{"catalogue", catalogue_.current() ? catalogue_.current()->manifest.version : 0},
            {"queue", {{"oldest_s", std::max<std::int64_t>(age, 0)}, {"waiting", queue_.waiting()}}},
            {"software", configuration_.software.substr(0, kLongestSoftware)},
            {"terminal", configuration_.terminal}};
  if (const auto head = audit_.head())
    body["audit"] = {{"chain", head->chain}, {"hash", base::to_hex(head->hash)}, {"record", head->record}};
  return body.dump();
}

// Whether the platform itself spoke: then the way is free.
void Books::settle(bool understood) {
  if (understood)
    circuit_.succeeded(clock_.now());
  else
    circuit_.failed(clock_.now(), std::nullopt);
}

void Books::finish(const RawAnswer& answer) {
  const Exchange ended = *std::exchange(under_way_, std::nullopt);
  std::visit([&](const auto& exchange) { on(exchange, answer); }, ended);
}

void Books::on(Heartbeat, const RawAnswer& answer) {
  const auto orders = read_orders(answer);
  const bool went_back = says_audit_went_back(answer);
  settle(orders || went_back);
  const auto wait = orders ? orders->poll_after : std::chrono::seconds{60};
  // A fifth more or less, so that a fleet does not come in step.
  next_sync_ =
      clock_.now() + wait * 4 / 5 + std::chrono::milliseconds(random_.below(static_cast<std::uint64_t>(wait.count()) * 400));
  if (went_back) {
    base::log::error("AUDIT-003 the platform has seen another state of this audit log");
    record(AuditRecord(AuditEvent::platform_disagrees).add(audit_.head() ? audit_.head()->record : 0));
  }
  if (orders && orders->now) compare_clocks(*orders->now);
  if (!orders || configuration_.catalogue_keys.empty()) return;
  catalogue_wanted_ = !catalogue_.current() || catalogue_.current()->manifest.version != orders->catalogue || catalogue_.alarm();
}

// --- the loop ----------------------------------------------------------------------------------------------------------

void Books::notice_time() {
  const auto offset = offset_of(clock_);
  const auto jump = std::chrono::duration_cast<std::chrono::seconds>(offset - wall_offset_);
  wall_offset_ = offset;  // drift of less than a jump is followed
  if (std::chrono::abs(jump) >= kTimeJump) record(AuditRecord(AuditEvent::time_jumped).add(std::int64_t{jump.count()}));
}

// Nothing is decided by it: it is for staff, and for whoever reads the log's times later.
void Books::compare_clocks(base::WallTime platform) {
  const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(clock_.wall() - platform);
  if (const bool apart = std::chrono::abs(ahead) >= kClocksApart; apart != clocks_apart_) {
    clocks_apart_ = apart;
    base::log::warning("the clock on the wall is {} s ahead of the platform's", ahead.count());
    record(AuditRecord(AuditEvent::clocks_compared).add(std::int64_t{ahead.count()}));
  }
  if (clock_ahead_ && std::chrono::abs(ahead - *clock_ahead_) < kTimeJump) return;
  clock_ahead_ = ahead;
  sink_(ClockCompared{ahead});
}

void Books::record_first(const AuditRecord& record, std::int64_t number) {
  audit_.record(record);
  recorded_first_.push_back(number);
}

void Books::write_audit() {
  if (audit_.write()) tell_audit();
  for (const auto number : std::exchange(recorded_first_, {})) sink_(Recorded{number, audit_.all_written()});
}

void Books::step() {
  notice_time();
  (void)ledger();
  write_audit();
  start_next();
  if (const auto answer = http_.wait(patience())) finish(*answer);
}

std::chrono::milliseconds Books::patience() {
  const auto now = clock_.now();
  auto due = audit_.due();
  if (!ledger_) due = std::min(due, next_ledger_open_);
  if (online() && !http_.busy()) {
    auto network = next_sync_;
    if (ledger_) {
      for (const auto& [series, at] : next_lease_) network = std::min(network, at);
      if (something_to_report_) network = now;
    }
    if (!missing_.empty()) network = now;
    if (catalogue_wanted_) network = std::min(network, next_catalogue_);
    due = std::min(due, std::max(network, circuit_.next_try()));
  }
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(due, now) - now);
}

}  // namespace offline_cache
