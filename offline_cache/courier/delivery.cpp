#include "offline_cache/courier/delivery.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "base/failpoint.h"
#include "base/log.h"
#include "offline_cache/courier/clock_quality.h"
#include "offline_cache/sealing/envelope.h"

namespace offline_cache {
namespace {

using base::Failure;

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

HttpRequest put_request(const std::string& platform, const Lease& lease) {
  return {"PUT",
          platform + "/v1/applications/" + lease.id.text(),
          {"Content-Type: application/json", "Content-Digest: " + wire_form(lease.digest),
           "Idempotency-Key: \"" + lease.id.text() + "\""},
          lease.envelope};
}

Expected expected_of(const Lease& lease, std::span<const AnswerKey> keys) {
  if (lease.parts.empty()) return {lease.id, lease.plaintext_digest, keys};
  return {lease.id, lease.parts.front().digest, keys, true};
}

bool reached(const RawAnswer& answer) {
  switch (answer.curl) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return false;
    default:
      return true;
  }
}

}  // namespace

Delivery::Delivery(CourierConfiguration configuration, const base::Clock& clock, base::Random& random, CourierSink sink)
    : configuration_(std::move(configuration)),
      clock_(clock),
      random_(random),
      announcer_(std::move(sink)),
      keys_(configuration_),
      keeper_(configuration_.data_folder, configuration_.store, clock, random),
      weekly_check_(configuration_.data_folder / "indexes-checked", clock),
      circuit_(random, configuration_.fleet_spread),
      http_(configuration_.http, configuration_.trust) {
  configuration_.platform_url = without_slash(std::move(configuration_.platform_url));
  if (configuration_.chain_key)
    chain_key_ = *configuration_.chain_key;
  else
    random_.fill(chain_key_);
}

void Delivery::begin() {
  keeper_.open_now();
  if (const auto usable = keys(); !usable) base::log::failure(usable.error());
  circuit_.began(clock_.now());
  next_housekeeping_ = clock_.now() + kHousekeepingEvery;
  next_page_check_ = clock_.now() + kPagesCheckedEvery;  // opening looked at as many as it had time for
  next_probes_ = clock_.now() + kProbeHeldEvery;
  if (!online()) announcer_.link({Link::down, Failure::net_unreachable});
  report();
}

void Delivery::end() {
  http_.cancel();
  export_.reset();
  if (in_flight_ && keeper_.outbox() != nullptr) (void)keeper_.outbox()->conclude(*in_flight_, {}, kClaimNothing);
  in_flight_.reset();
}

void Delivery::report() {
  IntakeChanged intake = keeper_.intake();
  if (keeper_.outbox() != nullptr) {
    if (const auto usable = keys(); !usable)
      intake = {false, usable.error().failure};
    else if (intake.open && !intake.failure && keys_.overdue())
      intake.failure = Failure::save_seal_key_overdue;
  }
  announcer_.intake(intake);
  if (keeper_.outbox() != nullptr) tell_counts();
}

void Delivery::tell_counts() {
  QueueCounts counts = keeper_.outbox()->counts();
  if (counts.waiting() > 0)
    if (const auto oldest = keeper_.outbox()->oldest_waiting()) counts.oldest = *oldest;
  counts.behind_held = sendable() ? 0 : counts.queued;
  announcer_.counts(counts);
}

bool Delivery::may_send_at_once() const {
  return online() && !in_flight_ && !(asked_ && asked_->sent) && !circuit_.told_to_wait(clock_.now());
}

// --- new applications -------------------------------------------------------------------------------------------------

void Delivery::tell_saved(const Stored& stored) const {
  announcer_.tell(Saved{stored.id, stored.receipt_code, stored.created});
  if (stored.state == State::acknowledged || stored.state == State::tombstone)
    announcer_.tell(Received{stored.id, stored.number});
}

// Tells of a failure itself.
std::optional<Stored> Delivery::store(const Submission& submission) {
  const auto refuse = [&](Failure failure) {
    announcer_.tell(SaveFailed{submission.id, failure});
    return std::nullopt;
  };
  if (!keeper_.open_now()) return refuse(keeper_.failure());
  const auto keys = this->keys();
  if (!keys) return refuse(keys.error().failure);
  if (auto found = keeper_.outbox()->find(submission.id); found && *found) return **std::move(found);
  auto envelope =
      seal(submission, {configuration_.terminal, clock_.wall(), clock_is_synchronised()}, *keys->office, *keys->device, random_);
  if (!envelope) {
    base::log::failure(envelope.error());
    return refuse(envelope.error().failure);
  }
  if (!submission.chain_of.empty()) envelope->chain = keyed(submission.chain_of);
  auto stored = keeper_.outbox()->enqueue(*envelope, may_send_at_once());
  if (stored) return *std::move(stored);
  auto decided = keeper_.decide(stored.error(), submission.id);
  return decided ? decided : refuse(stored.error().failure);
}

Chain Delivery::keyed(const base::Secret& chain_of) const {
  const auto text = chain_of.reveal();
  Chain chain{};
  crypto_generichash(chain.data(), chain.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     chain_key_.data(), chain_key_.size());
  return chain;
}

void Delivery::submit(const Submission& submission) {
  auto stored = store(submission);
  if (stored) {
    LINLI_CRASHPOINT("accepted-not-told");
    tell_saved(*stored);
    if (stored->lease) {
      http_.cancel();  // at most a health check, and this is a better one
      send(*std::move(stored->lease));
    } else if (stored->state == State::queued && fresh_.size() < kMostFresh) {
      fresh_.push_back(stored->id);
    }
    housekeep(Outbox::Tidy::between_records);
  }
  report();
}

base::Result<KeyChain::Ready> Delivery::keys() { return keys_.ready(clock_.wall(), clock_is_synchronised()); }

void Delivery::use_seal_keys(const std::vector<SealKey>& keys) {
  keys_.replace_office_keys(keys);
  report();
}

void Delivery::send_now() {
  circuit_.forget();
  keeper_.open_now();
  report();
}

// --- the network ------------------------------------------------------------------------------------------------------

void Delivery::step() {
  if (!keeper_.outbox() && keeper_.open_if_due()) report();
  give_up_status();
  go_on_exporting();
  if (!http_.busy()) start_next();
  if (const auto answer = http_.wait(patience())) finish(*answer);
}

void Delivery::send(Lease lease) {
  std::erase(fresh_, lease.id);
  LINLI_CRASHPOINT("leased-not-sent");
  http_.start(lease.parts.empty() ? put_request(configuration_.platform_url, lease) : part_request(lease));
  in_flight_ = std::move(lease);
}

void Delivery::finish(const RawAnswer& answer) {
  if (asked_ && asked_->sent)
    finish_status(answer);
  else if (in_flight_)
    finish_lease(answer);
  else
    finish_health(answer);
}

void Delivery::finish_health(const RawAnswer& answer) {
  const auto health = classify_health(answer);
  if (std::holds_alternative<Healthy>(health)) {
    circuit_.succeeded(clock_.now());
    announcer_.link({Link::up, std::nullopt});
    return;
  }
  Failure failure = Failure::internal;
  std::optional<std::chrono::seconds> retry_after;
  if (const auto* none = std::get_if<NoAnswer>(&health)) failure = none->failure;
  if (const auto* endpoint = std::get_if<EndpointFailed>(&health)) {
    failure = endpoint->failure;
    retry_after = endpoint->retry_after;
  }
  circuit_.failed(clock_.now(), retry_after);
  announcer_.link({Link::down, failure});
}

void Delivery::failed(const Lease& lease, Failure failure, std::optional<std::chrono::seconds> retry_after) {
  circuit_.failed(clock_.now(), retry_after);
  announcer_.link({Link::down, failure});
  base::log::info("{} {}: attempt {} failed", base::entry(failure).code, lease.id.text(), lease.attempt);
}

void Delivery::raise_alarm(const Lease& lease, Failure failure) {
  portals_in_a_row_ = failure == Failure::net_not_the_platform ? portals_in_a_row_ + 1 : 0;
  if (failure == Failure::net_wrong_echo || failure == Failure::net_wrong_signature)
    base::log::error("{} {}: security alarm, an acknowledgement that is none", base::entry(failure).code, lease.id.text());
  if (portals_in_a_row_ == kPortalAlarm)
    base::log::warning("{} something else than the platform has answered {} times", base::entry(failure).code, kPortalAlarm);
}

Conclusion Delivery::judge(const Verdict& verdict, const Lease& lease) {
  Conclusion conclusion;
  if (const auto* acknowledged = std::get_if<Acknowledged>(&verdict)) {
    conclusion = {Ending::acknowledged, acknowledged->number, std::nullopt, 0, 0};
  } else if (const auto* refused = std::get_if<RecordRefused>(&verdict)) {
    base::log::warning("SAVE-008 {}: refused ({}); HELD", lease.id.text(), refused->code);
    if (refused->code == "different-body")
      base::log::error("SAVE-008 {}: security alarm, the platform has other bytes under this id", lease.id.text());
    conclusion = {Ending::held, {}, refused->failure, 0, 0};
  } else if (const auto* endpoint = std::get_if<EndpointFailed>(&verdict)) {
    raise_alarm(lease, endpoint->failure);
    const bool hold = suspects_.failed(lease.id) || lease.probe;
    conclusion = {hold ? Ending::held : Ending::try_again, {}, endpoint->failure, 0, 0, hold};
    conclusion.parts_again = endpoint->parts_missing;
    if (endpoint->parts_missing)
      base::log::warning("{}: the platform has lost attachments; they are sent again", lease.id.text());
    failed(lease, endpoint->failure, endpoint->retry_after);
  } else if (const auto* none = std::get_if<NoAnswer>(&verdict)) {
    conclusion.failure = none->failure;
    failed(lease, none->failure, none->retry_after);
  } else {
    conclusion.failure = Failure::internal;
    failed(lease, Failure::internal, std::nullopt);
  }
  return conclusion;
}

void Delivery::finish_lease(const RawAnswer& answer) {
  Lease lease = *std::exchange(in_flight_, std::nullopt);
  const Verdict verdict = classify(answer, expected_of(lease, keys_.answer_keys()));
  if (!lease.parts.empty() && std::holds_alternative<Acknowledged>(verdict)) return part_arrived(std::move(lease));
  Conclusion conclusion = judge(verdict, lease);
  conclusion.http = answer.http;
  conclusion.curl = answer.curl;
  if (conclusion.ending == Ending::acknowledged) suspects_.acknowledged(lease.id);
  const bool understood = !conclusion.failure || conclusion.failure == Failure::save_record_held;
  if (understood) {  // the platform itself spoke
    circuit_.succeeded(clock_.now());
    portals_in_a_row_ = 0;
    announcer_.link({Link::up, std::nullopt});
  } else if (reached(answer)) {
    failed_row_ = lease.row;
  }
  conclude(lease, conclusion);
}

void Delivery::conclude(const Lease& lease, const Conclusion& conclusion) {
  LINLI_CRASHPOINT("answered-not-concluded");
  if (keeper_.outbox() == nullptr) return;  // it will be sent again; the platform answers the same
  const Claim claim = next_claim();
  auto next = keeper_.outbox()->conclude(lease, conclusion, claim);
  if (next) had_its_turn(claim);
  if (!next) {
    keeper_.broke(next.error());
    report();
    return;
  }
  if (conclusion.ending == Ending::acknowledged) announcer_.tell(Received{lease.id, conclusion.number});
  if (conclusion.ending == Ending::held) announcer_.tell(Refused{lease.id, Failure::save_record_held});
  if (*next) send(**std::move(next));
  housekeep(Outbox::Tidy::between_records);
  report();
}

base::Status Delivery::check_the_file() {
  const bool weekly = weekly_check_.is_due();
  if (!weekly && clock_.now() < next_page_check_) return {};
  next_page_check_ = clock_.now() + kPagesCheckedEvery;
  auto status = weekly ? keeper_.outbox()->check_indexes() : keeper_.outbox()->check_pages();
  if (status && weekly) weekly_check_.done();
  return status;
}

void Delivery::housekeep(Outbox::Tidy occasion) {
  if (keeper_.outbox() == nullptr) return;
  if (occasion == Outbox::Tidy::hourly) next_housekeeping_ = clock_.now() + kHousekeepingEvery;
  auto status = keeper_.outbox()->tidy(occasion);
  if (!status && status.error().failure == Failure::save_disk_full) {
    base::log::failure(status.error());
    status = base::Status();  // nothing was changed, and what needs no room goes on
  }
  if (status && occasion == Outbox::Tidy::hourly) {
    fruitless_.reset();
    status = keeper_.outbox()->self_check();
    if (status) status = check_the_file();
  }
  if (!status)
    keeper_.broke(status.error());
  else if (occasion == Outbox::Tidy::hourly)
    keeper_.go_on_rescuing();
  if (!status || occasion != Outbox::Tidy::between_records) report();
}

}  // namespace offline_cache
