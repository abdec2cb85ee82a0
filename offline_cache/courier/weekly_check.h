// When the queue's indexes were last compared with their tables, across restarts: a file beside the queue. A clock that jumps
// makes the next check come sooner, or as late as a week of running.
#pragma once

#include <filesystem>

#include "base/clock.h"

namespace offline_cache {

inline constexpr std::chrono::hours kIndexesCheckedEvery{24 * 7};

class WeeklyCheck {
 public:
  WeeklyCheck(std::filesystem::path file, const base::Clock& clock)
      : file_(std::move(file)), clock_(clock), since_(clock.now()) {}

  bool is_due() const;
  void done();

 private:
  std::filesystem::path file_;
  const base::Clock& clock_;
  base::Instant since_;  // the last one in this process, or its start
};

}  // namespace offline_cache
