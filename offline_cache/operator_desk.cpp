#include "offline_cache/operator_desk.h"

#include "base/log.h"
#include "offline_cache/export_file.h"
#include "offline_cache/outbox.h"

namespace offline_cache {
namespace {

using Kind = QueueAction::Kind;

base::Result<Exported> one(const base::Status& status) {
  if (!status) return status.error();
  return Exported{1, 0, 0};
}

base::Result<Exported> run(Outbox& outbox, const QueueAction& action) {
  const bool needs_reason = action.kind == Kind::hold || action.kind == Kind::discard;
  if (action.who.empty() || (needs_reason && action.why.empty()))
    return base::Error{base::Failure::save_action_refused, "an action needs a name and a reason"};
  switch (action.kind) {
    case Kind::retry:
      return one(outbox.retry(action.id));
    case Kind::hold:
      return one(outbox.hold(action.id, action.why));
    case Kind::discard:
      return one(outbox.discard(action.id, action.why));
    case Kind::carry:
      break;
  }
  return export_queue(outbox, action.file);
}

}  // namespace

QueueActionDone perform(Outbox& outbox, const QueueAction& action) {
  const auto result = run(outbox, action);
  if (result) return {action, std::nullopt, result->records, result->attachments, result->attachment_bytes};
  base::log::failure(result.error());
  return {action, result.error().failure, 0};
}

}  // namespace offline_cache
