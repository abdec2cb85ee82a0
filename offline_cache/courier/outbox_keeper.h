// Keeps an outbox open for the courier: opens it, closes it after a disk error, opens it again, and decides what became of
// a commit that failed. Failures to open are states, never the end: waiting applications may still be on that disk.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/random.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sqlite/open_outbox.h"

namespace offline_cache {

inline constexpr std::chrono::seconds kReopenAfterFailure{60};
inline constexpr std::chrono::seconds kReopenAfterBreak{10};  // between two openings, so that a dying disk is not hammered
inline constexpr double kHardMark = 0.95;                     // of the quota: no new applications before a form starts
inline constexpr double kOpenAgainBelow = 0.93;
inline constexpr double kNearlyFull = 0.80;  // the operator is told; new applications go on

class OutboxKeeper {
 public:
  OutboxKeeper(std::filesystem::path folder, const StoreLimits& limits, const base::Clock& clock, base::Random& random)
      : folder_(std::move(folder)), limits_(limits), clock_(clock), random_(random) {}

  Outbox* outbox() { return outbox_.get(); }  // null while closed
  base::Instant next_open() const { return next_open_; }
  int openings() const { return openings_; }  // so far: rows may have other numbers after the next
  // Opens when it is closed and due. True when it is open afterwards.
  bool open_if_due();
  // Opens at once when it is closed: somebody has pressed *submit*.
  bool open_now();
  // Opens it again when rows of a damaged queue are still to be rescued: there may be room for them now. Between two exchanges.
  void go_on_rescuing();
  // After any error of the outbox: it is closed and will be opened again.
  void broke(const base::Error& error);
  // After enqueue() failed: the effect is unknown, so a new connection is asked. The row, if it is there and durable.
  std::optional<Stored> decide(const base::Error& error, const base::Uuid& id);

  // Whether a form may start, by the state of the disk alone.
  IntakeChanged intake();
  base::Failure failure() const { return failure_; }  // why it is closed

 private:
  std::filesystem::path folder_;
  StoreLimits limits_;
  const base::Clock& clock_;
  base::Random& random_;
  std::unique_ptr<Outbox> outbox_;
  base::Failure failure_ = base::Failure::save_store_unopenable;
  base::Instant next_open_{};
  int openings_ = 0;
  int damaged_queues_ = 0;
  bool set_aside_now_ = false;  // by this keeper
  bool rescued_ = true;
  bool full_ = false;
};

}  // namespace offline_cache
