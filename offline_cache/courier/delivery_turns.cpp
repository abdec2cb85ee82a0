// Whose turn it is.
#include "base/log.h"
#include "offline_cache/courier/delivery.h"

namespace offline_cache {

int Delivery::queued() { return keeper_.outbox() == nullptr ? 0 : keeper_.outbox()->counts().queued; }

bool Delivery::sendable() { return queued() > 0 && fruitless_ != keeper_.outbox()->counts(); }

Claim Delivery::next_claim() const {
  const base::Instant now = clock_.now();
  // A question goes first, and so does housekeeping: a backlog may take hours.
  if (!online() || asked_ || now >= next_housekeeping_ || circuit_.told_to_wait(now)) return kClaimNothing;
  if (!fresh_.empty()) return {true, fresh_.front(), failed_row_};
  if (!circuit_.may_try(now)) return kClaimNothing;
  return {true, std::nullopt, failed_row_};
}

void Delivery::start_next() {
  if (start_status()) return;
  if (clock_.now() >= next_housekeeping_) housekeep(Outbox::Tidy::hourly);
  const Claim claim = next_claim();
  if (claim.wanted && sendable()) {
    auto lease = keeper_.outbox()->claim(claim);
    if (!lease) {
      claim_failed(lease.error());
    } else {
      had_its_turn(claim);
      if (*lease) {
        send(**std::move(lease));
        report();
        return;
      }
      fruitless_ = keeper_.outbox()->counts();
      report();
    }
  }
  if (queued() == 0) fresh_.clear();
  if (auto probe = due_probe()) return send(*std::move(probe));
  if (start_health_check()) return;
  housekeep(Outbox::Tidy::when_idle);
}

// On a full disk, with the ballast spent, nothing was changed and nothing is wrong with the queue: sending waits for room.
void Delivery::claim_failed(const base::Error& error) {
  if (error.failure != base::Failure::save_disk_full) {
    keeper_.broke(error);
    return report();
  }
  base::log::failure(error);
  circuit_.failed(clock_.now(), std::nullopt);
}

// Once a day the records that were held although the platform itself did not refuse them, one after the other.
std::optional<Lease> Delivery::due_probe() {
  Outbox* outbox = keeper_.outbox();
  if (outbox == nullptr || outbox->counts().held == 0 || !online() || announcer_.link() != Link::up) return std::nullopt;
  if (clock_.now() < next_probes_ || !circuit_.may_try(clock_.now())) return std::nullopt;
  auto lease = outbox->claim({true, std::nullopt, probed_row_, true});
  if (!lease) {
    claim_failed(lease.error());
    return std::nullopt;
  }
  probed_row_ = *lease ? (*lease)->row : 0;
  if (!*lease) next_probes_ = clock_.now() + kProbeHeldEvery;
  return *std::move(lease);
}

// Only while it is not known that the platform is there, and nothing waits whose sending would tell.
bool Delivery::start_health_check() {
  const base::Instant now = clock_.now();
  const bool sending_would_tell = sendable() && !circuit_.spreading(now);
  if (!online() || announcer_.link() == Link::up || sending_would_tell || !circuit_.may_probe(now)) return false;
  http_.start({"GET", configuration_.platform_url + "/healthz", {}, {}});
  return true;
}

// Sent or not: what waits behind a HELD one of its chain is as patient as the backlog from now on.
void Delivery::had_its_turn(const Claim& claim) {
  if (claim.first) std::erase(fresh_, *claim.first);
}

std::chrono::milliseconds Delivery::patience() {
  const base::Instant now = clock_.now();
  base::Instant due = base::Instant::max();
  if (keeper_.outbox() == nullptr) due = keeper_.next_open();
  if (keeper_.outbox() != nullptr && !http_.busy()) due = next_housekeeping_;
  if (online() && !http_.busy() && sendable()) due = std::min(due, circuit_.next_try());
  if (asked_ && !asked_->sent) due = std::min(due, asked_->until);
  if (export_) due = std::min(due, now + kLookAtStick);
  const bool probing = announcer_.link() != Link::up && (!sendable() || circuit_.spreading(now));
  if (online() && !http_.busy() && probing) due = std::min(due, circuit_.next_probe());
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(due, now) - now);
}

}  // namespace offline_cache
