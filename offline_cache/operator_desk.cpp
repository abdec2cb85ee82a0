#include "offline_cache/operator_desk.h"

#include "offline_cache/outbox.h"

namespace offline_cache {

using Kind = QueueAction::Kind;

base::Status may_be_done(const QueueAction& action) {
  const bool needs_reason = action.kind == Kind::hold || action.kind == Kind::discard;
  if (action.by == kNobody || (needs_reason && action.why.empty()))
    return base::Error{base::Failure::save_action_refused, "an action needs somebody who does it, and a reason"};
  return {};
}

base::Status perform(Outbox& outbox, const QueueAction& action) {
  switch (action.kind) {
    case Kind::retry:
      return outbox.retry(action.id);
    case Kind::hold:
      return outbox.hold(action.id, action.why);
    case Kind::discard:
      return outbox.discard(action.id, action.why);
    case Kind::carry:
      break;
  }
  return base::Error{base::Failure::internal, "an export is no step"};
}

}  // namespace offline_cache
