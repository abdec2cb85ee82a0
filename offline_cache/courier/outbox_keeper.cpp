#include "offline_cache/courier/outbox_keeper.h"

#include "base/log.h"
#include "offline_cache/sqlite/store_files.h"

namespace offline_cache {

using base::Failure;

bool OutboxKeeper::open_if_due() {
  if (outbox_) return true;
  return clock_.now() >= next_open_ && open_now();
}

bool OutboxKeeper::open_now() {
  if (outbox_) return true;
  auto opened = open_outbox(folder_, limits_, clock_, random_);
  if (!opened) {
    base::log::failure(opened.error());
    failure_ = opened.error().failure;
    next_open_ = clock_.now() + kReopenAfterFailure;
    return false;
  }
  outbox_ = std::move(opened->outbox);
  ++openings_;
  damaged_queues_ = opened->damaged_queues;
  set_aside_now_ = set_aside_now_ || opened->set_aside_now;
  rescued_ = opened->rescued;
  next_open_ = clock_.now() + kReopenAfterBreak;
  if (damaged_queues_ > 0)
    base::log::error("SAVE-003 {} damaged queue(s) are set aside; send them to the operator", damaged_queues_);
  return true;
}

void OutboxKeeper::go_on_rescuing() {
  if (!outbox_ || rescued_) return;
  outbox_.reset();
  (void)open_now();
}

void OutboxKeeper::broke(const base::Error& error) {
  base::log::failure(error);
  failure_ = error.failure;
  if (failure_ == Failure::save_store_corrupt)
    limits_.pages_to_read = kEveryPageAndIndex;  // found in use; now looked for everywhere
  outbox_.reset();
}

std::optional<Stored> OutboxKeeper::decide(const base::Error& error, const base::Uuid& id) {
  broke(error);
  if (!open_now()) return std::nullopt;
  auto found = outbox_->find(id);
  return found ? *std::move(found) : std::nullopt;
}

IntakeChanged OutboxKeeper::intake() {
  if (!outbox_) return {false, failure_};
  full_ = outbox_->fill() >= (full_ ? kOpenAgainBelow : kHardMark);
  if (full_) return {false, Failure::save_disk_full, set_aside_now_};
  if (damaged_queues_ > 0) return {true, Failure::save_store_corrupt, set_aside_now_};
  if (outbox_->fill() >= kNearlyFull) return {true, Failure::save_disk_full};
  return {true, std::nullopt};
}

}  // namespace offline_cache
