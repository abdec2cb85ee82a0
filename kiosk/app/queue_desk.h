// Answers what linlictl asks about the queue of applications. On the kiosk's thread; look and act are answered on the courier's.
#pragma once

#include <vector>

#include "kiosk/app/control/control_call.h"
#include "kiosk/event.h"
#include "offline_cache/courier.h"

namespace kiosk {

class QueueDesk {
 public:
  // The courier outlives the desk.
  explicit QueueDesk(offline_cache::Courier& courier) : courier_(courier) {}

  void note(const Event& event);

  // "state" (one of QUEUED, INFLIGHT, …; empty: all that the office does not have yet) and "after", a row. Answered by
  // {"counts":{"QUEUED":3,…,"purged":0},"link":"down","oldest":1764201600,"after":100,"rows":[{"row":7,"id":"…",
  // "code":"7K4-29M-6","state":"HELD","created":1764201600,"attempts":2,"failure":"SAVE-008","advice":"The platform …",
  // "reason":"…"}]}. Times are seconds since 1970. `oldest`, `failure`, `advice`, `reason` and `number` are there only when there
  // is one; `after` when there are more rows, to be asked for behind it; `behind_held` when nothing that is QUEUED can be sent
  // before a person has decided about a HELD one, which stands before it.
  void show(ControlCall call) const;

  // {"counts":…,"link":…,"oldest":…,"behind_held":…} at once and whenever one of them changes.
  void watch(ControlCall call);

  // "action" (retry, hold, discard or export), "who", and as the action needs "id", "why", "file" (an absolute path on this
  // machine). Answered by {"records":1} when it is done, refused with the reason when not. Both are written to the audit log.
  void act(ControlCall call);

 private:
  offline_cache::Courier& courier_;
  offline_cache::QueueCounts counts_;
  offline_cache::Link link_ = offline_cache::Link::unknown;
  std::vector<ControlCall> watchers_;
};

}  // namespace kiosk
