// Space kept for the one thing that must still work on a full disk: recording that an application arrived. In WAL mode
// even a DELETE needs room. Only the transition path releases it; new applications never get it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/log.h"
#include "base/result.h"

namespace offline_cache {

inline constexpr std::int64_t kRoomForIntake = 4LL << 20;  // bytes: the longest application with all its attachments, and its log

class Ballast {
 public:
  Ballast(std::filesystem::path file, std::int64_t bytes) : file_(std::move(file)), bytes_(bytes) {}

  // Puts it there if it is missing and there is room for it and half as much again (so that restoring it does not eat
  // what it just gave). save_disk_full when there is not.
  base::Status restore();
  // True when there was something to give.
  bool release();
  bool present() const;
  // Whether the disk has kRoomForIntake left beside it.
  bool room_beside() const;

 private:
  std::filesystem::path file_;
  std::int64_t bytes_;
};

// A transition must succeed on a full disk: it is what will empty it. Runs `work` again after giving the ballast.
template <class Work>
auto with_ballast(Ballast& ballast, Work work) {
  auto result = work();
  if (result || result.error().failure != base::Failure::save_disk_full || !ballast.release()) return result;
  base::log::warning("SAVE-001 the ballast was released for a transition");
  return work();
}

}  // namespace offline_cache
