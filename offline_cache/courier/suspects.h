// Finds the one record that the platform cannot digest: it fails with an answer about "everybody" (500, 404, a proxy's
// page) again and again while others arrive.
//
// In memory only: after a restart a suspect gets its five chances anew. Nobody waits for it meanwhile, since each failure sends
// the next probe to the record behind it; and a record that ends the program is counted on the disk and HELD after
// kUnfinishedAttemptsAllowed deaths. To count this across restarts, attempts of different records would need an order, and the
// log of attempts has none but the clock on the wall.
#pragma once

#include <cstdint>
#include <map>

#include "base/uuid.h"

namespace offline_cache {

inline constexpr int kFailuresWhileOthersSucceed = 5;

class Suspects {
 public:
  void acknowledged(const base::Uuid& id);
  // True when this record has now failed kFailuresWhileOthersSucceed times, with another record acknowledged between
  // each two of them: hold it. When everything fails, nobody is suspected.
  bool failed(const base::Uuid& id);

 private:
  struct Suspicion {
    int failures = 0;
    std::uint64_t arrivals_seen = 0;
  };
  std::uint64_t arrivals_ = 0;
  std::map<base::Uuid, Suspicion> suspicions_;
};

}  // namespace offline_cache
