// How often terminals may ask for the state of applications: enough for everybody who stands there, and too seldom to try
// numbers out. Counted by the minute.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace gateway {

inline constexpr int kQueriesOfTerminal = 20;  // a minute
inline constexpr int kQueriesInAll = 1200;     // a minute

class QueryLimit {
 public:
  // False: not now.
  bool take(std::string_view terminal, base::Instant now);

 private:
  base::Instant minute_{};  // when it began
  std::map<std::string, int, std::less<>> of_terminal_;
  int in_all_ = 0;
};

}  // namespace gateway
