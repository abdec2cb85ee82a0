#include "offline_cache/queue_view.h"

#include "base/log.h"

namespace offline_cache {
namespace {

QueueView unreadable(const base::Error& error) {
  base::log::failure(error);
  return {error.failure, {}, {}, 0};
}

}  // namespace

QueueView view(Outbox& outbox, const QueueQuestion& question) {
  QueueView seen{std::nullopt, outbox.counts(), {}, 0};
  const auto oldest = outbox.oldest_waiting();
  if (!oldest) return unreadable(oldest.error());
  seen.counts.oldest = *oldest;
  std::int64_t after = question.after_row;
  while (seen.rows.size() < kMostRowsSeen) {
    auto listed = outbox.list(question.state, after, kMostRowsSeen);
    if (!listed) return unreadable(listed.error());
    for (auto& row : *listed) {
      if (seen.rows.size() == kMostRowsSeen) break;
      after = row.row;
      if (question.state || has_payload(row.stored.state)) seen.rows.push_back(std::move(row));
    }
    if (listed->size() < kMostRowsSeen) return seen;
  }
  seen.last_looked = after;
  return seen;
}

}  // namespace offline_cache
