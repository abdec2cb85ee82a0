#include "offline_cache/courier/suspects.h"

namespace offline_cache {

void Suspects::acknowledged(const base::Uuid& id) {
  ++arrivals_;
  suspicions_.erase(id);
}

bool Suspects::failed(const base::Uuid& id) {
  const auto [found, first] = suspicions_.try_emplace(id);
  Suspicion& suspicion = found->second;
  if (first || arrivals_ > suspicion.arrivals_seen) ++suspicion.failures;
  suspicion.arrivals_seen = arrivals_;
  if (suspicion.failures < kFailuresWhileOthersSucceed) return false;
  suspicions_.erase(found);
  return true;
}

}  // namespace offline_cache
