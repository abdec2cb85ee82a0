#include "offline_cache/courier/weekly_check.h"

#include <charconv>

#include "base/files.h"
#include "base/log.h"

namespace offline_cache {
namespace {

constexpr std::size_t kLongestNote = 20;  // characters: seconds since 1970

std::int64_t seconds_now(const base::Clock& clock) {
  return std::chrono::floor<std::chrono::seconds>(clock.wall().time_since_epoch()).count();
}

}  // namespace

bool WeeklyCheck::is_due() const {
  if (clock_.now() - since_ >= kIndexesCheckedEvery) return true;
  const auto note = base::read_file(file_, kLongestNote);
  std::int64_t last = 0;
  if (!note || std::from_chars(note->data(), note->data() + note->size(), last).ec != std::errc()) return true;
  return std::chrono::abs(std::chrono::seconds(seconds_now(clock_) - last)) >= kIndexesCheckedEvery;
}

void WeeklyCheck::done() {
  since_ = clock_.now();
  if (const auto noted = base::write_file(file_, std::to_string(seconds_now(clock_)), 0600); !noted)
    base::log::failure(noted.error());
}

}  // namespace offline_cache
