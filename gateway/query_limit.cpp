#include "gateway/query_limit.h"

namespace gateway {

bool QueryLimit::take(std::string_view terminal, base::Instant now) {
  if (now - minute_ >= std::chrono::minutes{1}) {
    minute_ = now;
    of_terminal_.clear();
    in_all_ = 0;
  }
  if (in_all_ >= kQueriesInAll) return false;
  ++in_all_;
  const auto known = of_terminal_.find(terminal);
  int& asked = known != of_terminal_.end() ? known->second : of_terminal_[std::string(terminal)];
  if (asked >= kQueriesOfTerminal) return false;
  ++asked;
  return true;
}

}  // namespace gateway
