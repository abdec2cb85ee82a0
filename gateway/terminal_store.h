// What the terminals say of themselves with each heartbeat: one row a terminal, and for each of its audit chains the last head.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/sqlite_database.h"

namespace gateway {

struct AuditHead {
  std::string chain;  // 32 hex digits
  std::int64_t record = 0;
  std::string hash;  // 64 hex digits
};

struct Heartbeat {
  std::string_view terminal, software;
  std::int64_t catalogue = 0, waiting = 0, oldest_s = 0;
  std::optional<AuditHead> audit;
};

class TerminalStore {
 public:
  explicit TerminalStore(SqliteDatabase& database) : database_(database) {}

  // The head known of that chain before; it stays when the new one went back or says something else of the same record.
  struct Known {
    std::optional<AuditHead> head;
    bool went_back = false;
  };
  base::Result<Known> heard(const Heartbeat& heartbeat, base::WallTime now);

 private:
  base::Result<std::optional<AuditHead>> head(std::string_view terminal, std::string_view chain);
  SqliteDatabase& database_;
};

}  // namespace gateway
