// The one owner of the offline queue and of the network: takes submissions, commits them durably, and carries them to
// the platform until it confirms. Everything happens on the courier's own thread; these calls post to it.
//
// Life of a submission: submit → Saved (or SaveFailed) → … → Received (or Refused). Saved means: committed, synced and
// read back. Received means: the platform's answer echoed id and digest. Submitting the same id again is harmless and
// answers Saved with the same receipt code.
#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "offline_cache/operator_desk.h"
#include "offline_cache/queue_view.h"
#include "offline_cache/status_query.h"
#include "offline_cache/submission.h"

namespace offline_cache {

using CourierEvent = std::variant<Saved, SaveFailed, Received, Refused, LinkChanged, IntakeChanged, QueueCounts, StatusAnswer>;
using CourierSink = std::function<void(CourierEvent)>;

struct SealKey {
  int suite = 1;
  std::string public_key;                               // hex
  std::optional<base::WallTime> not_before, not_after;  // nothing: no limit on that side
};

class Courier {
 public:
  virtual ~Courier() = default;  // stops the thread; waiting applications stay in the queue

  virtual void submit(Submission submission) = 0;
  // The network may be back, or staff pressed "send now": forget the back-off.
  virtual void send_now() = 0;
  // An operator's action. `done` is called on the courier's thread, after the audit sink.
  virtual void act(QueueAction action, QueueActionSink done) = 0;
  // What is in the queue. `done` is called on the courier's thread; when it cannot be asked, not at all.
  virtual void look(QueueQuestion question, QueueViewSink done) = 0;
  // Answered with StatusAnswer, in kStatusPatience at the latest. A later question takes the place of one under way.
  virtual void ask_status(StatusQuestion question) = 0;
  // The keys the office offers now, from a catalogue whose signature was checked; replaces all that were known before.
  // Those of another suite than the configured one are passed over; when none is left, the old ones stay.
  virtual void use_seal_keys(std::vector<SealKey> keys) = 0;
  // A sign of life: `answered` is called on the courier's thread once everything that was posted before is done.
  virtual void ping(std::function<void()> answered) = 0;
};

}  // namespace offline_cache
