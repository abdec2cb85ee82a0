// What an operator sees and does; the rest of the class is in delivery.cpp.
#include "base/log.h"
#include "offline_cache/courier/delivery.h"

namespace offline_cache {

using base::Failure;

void Delivery::tell_done(const QueueActionDone& result, const QueueActionSink& done) const {
  if (configuration_.audit) configuration_.audit(result);
  if (done) done(result);
}

void Delivery::act(const QueueAction& action, const QueueActionSink& done) {
  auto status = may_be_done(action);
  if (status && !keeper_.open_now()) status = keeper_.failure();
  if (status && action.kind == QueueAction::Kind::carry) return begin_export(action, done);
  if (status) status = perform(*keeper_.outbox(), action);
  if (!status && keeper_.outbox() != nullptr && status.error().failure != Failure::save_action_refused)
    keeper_.broke(status.error());
  else if (!status)
    base::log::failure(status.error());
  if (status && action.kind == QueueAction::Kind::retry) circuit_.forget();
  tell_done({action, status ? std::nullopt : std::optional(status.error().failure), status ? 1 : 0}, done);
  report();
}

QueueView Delivery::look(const QueueQuestion& question) {
  if (!keeper_.open_now()) return {keeper_.failure(), {}, {}, 0};
  QueueView seen = view(*keeper_.outbox(), question);
  if (seen.failure) keeper_.broke({*seen.failure, "while an operator looked"});
  seen.counts.behind_held = sendable() ? 0 : seen.counts.queued;
  return seen;
}

void Delivery::begin_export(const QueueAction& action, const QueueActionSink& done) {
  if (export_) return tell_done({action, Failure::save_action_refused, 0}, done);  // one at a time
  export_.emplace(Export{action, done, keeper_.openings(), std::make_unique<QueueExport>(action.file, clock_)});
}

// A piece of it, between two other things.
void Delivery::go_on_exporting() {
  if (!export_) return;
  if (keeper_.outbox() == nullptr || keeper_.openings() != export_->opening) return end_export(Failure::save_io_error);
  if (auto read = export_->work->read(*keeper_.outbox()); !read) {
    keeper_.broke(read.error());
    report();
    return end_export(read);
  }
  if (const auto ended = export_->work->ended()) end_export(*ended);
}

void Delivery::end_export(const base::Status& status) {
  if (!status) base::log::failure(status.error());
  const Exported carried = export_->work->exported();
  QueueActionDone result{export_->action, {}, carried.records, carried.attachments, carried.attachment_bytes};
  if (!status) result = {export_->action, status.error().failure, 0};
  const auto done = export_->done;
  export_.reset();
  tell_done(result, done);
}

}  // namespace offline_cache
