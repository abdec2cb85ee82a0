// What an operator sees of the queue: how many applications are in which state, and the rows themselves. Nothing personal.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "offline_cache/outbox.h"

namespace offline_cache {

inline constexpr int kMostRowsSeen = 100;  // in one view

struct QueueQuestion {
  std::optional<State> state{};  // only those; nothing: all that still have their payload
  std::int64_t after_row = 0;    // from behind this one
};

struct QueueView {
  std::optional<base::Failure> failure;  // the queue cannot be read; the rest is empty then
  QueueCounts counts;
  std::vector<Listed> rows;      // at most kMostRowsSeen, in the order they were made
  std::int64_t last_looked = 0;  // the row to go on behind; 0: that was all
};
using QueueViewSink = std::function<void(const QueueView&)>;

// On the outbox's thread.
QueueView view(Outbox& outbox, const QueueQuestion& question);

}  // namespace offline_cache
