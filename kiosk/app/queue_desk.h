// Answers what linlictl asks about the queue of applications. On the kiosk's thread; look and act are answered on the courier's.
#pragma once

#include <map>
#include <vector>

#include "kiosk/app/control/control_call.h"
#include "kiosk/event.h"
#include "offline_cache/courier.h"
#include "offline_cache/registrar.h"

namespace kiosk {

class QueueDesk {
 public:
  // Both outlive the desk.
  QueueDesk(offline_cache::Courier& courier, offline_cache::Registrar& registrar) : courier_(courier), registrar_(registrar) {}

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

  // "action" (retry, hold, discard or export), and as the action needs "id", "why", "file" (an absolute path on this machine).
  // Answered by {"records":1} when it is done, refused with the reason when not; for an export, which may take minutes, a line
  // with "more" says before that it has begun. Who asks, and for what, stands in the audit log before anything is done; what came
  // of it after.
  void act(ControlCall call);

 private:
  struct Asked {
    offline_cache::QueueAction action;
    ControlCall call;
  };
  void note(const offline_cache::Recorded& recorded);
  void carry_out(Asked asked);

  offline_cache::Courier& courier_;
  offline_cache::Registrar& registrar_;
  std::map<std::int64_t, Asked> asked_;  // to be done when it is written down
  std::int64_t last_asked_ = 0;
  offline_cache::QueueCounts counts_;
  offline_cache::Link link_ = offline_cache::Link::unknown;
  std::vector<ControlCall> watchers_;
};

}  // namespace kiosk
