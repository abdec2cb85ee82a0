// The same day on a disk that fails at one operation after the other instead of losing its power: full, unwritable, or with
// a sync that fails. The queue has to say so, change nothing it does not know of, and serve again after a restart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/offline_cache/crash/crash_disk.h"

namespace crash {

struct FailureTally {
  std::int64_t runs = 0;      // one for each operation of the day at which the fault can happen
  std::int64_t fired = 0;     // in so many the fault really happened
  std::int64_t reported = 0;  // in so many a step told its caller; the others got around it
  std::int64_t wrong = 0;     // has to stay zero
  std::vector<std::string> examples;
};

// `lasting`: from that operation on, until the restart.
FailureTally fail_everywhere(std::uint64_t seed, Fault fault, bool lasting);

// A medium that acknowledges syncs it does not do, cut at every operation: rows may be gone, but what the queue serves is
// what was stored, or the queue says that it is damaged.
struct LiarTally {
  std::int64_t cuts = 0, damage_seen = 0, went_on = 0;
  std::int64_t wrong = 0;  // served other bytes than were stored; has to stay zero
};
LiarTally cut_a_lying_disk(std::uint64_t seed);

}  // namespace crash
