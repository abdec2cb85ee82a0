// Queue numbers of every hall, in the same durable store as the applications. Facts: gateway §5.
//
// A series of a hall's day counts A001 to A699 on demand and leases A700 to A999 to terminals in blocks of 20, for when they are
// cut off; beyond 999 the count on demand goes on at A1000. Labels a terminal made itself ("AC07") are taken as they come. A
// label is given once on a day in a hall; gaps are normal. A call takes the oldest ticket that waits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/sqlite_database.h"

namespace gateway {

inline constexpr int kFirstReserve = 700, kLastReserve = 999, kReserveBlock = 20;

struct TicketKey {
  std::string_view hall, series, day;  // "HP", "A", "2026-11-27"
};

struct NewTicket {
  TicketKey key;
  std::string_view id, terminal, issued;
  std::string_view label;  // empty: the platform counts
};

struct IssuedTicket {
  std::string label;
  std::optional<std::int64_t> ahead;  // people; only when the hall's counters call here
  bool repeat = false;
};

struct NumberLease {
  std::int64_t epoch = 0;
  int first = 0, last = 0;
  bool other_request = false;  // the key was used for something else
};

struct CalledTicket {
  std::string id, label;
};

class TicketStore {
 public:
  // The database of the application store, which outlives this.
  explicit TicketStore(SqliteDatabase& database) : database_(database) {}

  // Nothing: the label is another ticket's.
  base::Result<std::optional<IssuedTicket>> put(const NewTicket& ticket, base::WallTime now);
  // Nothing: no numbers are left to lease on that day.
  base::Result<std::optional<NumberLease>> lease(const TicketKey& key, std::string_view terminal, std::string_view request,
                                                 base::WallTime now);
  // Nothing: nobody waits. The same request is answered with the same ticket.
  base::Result<std::optional<CalledTicket>> call(const TicketKey& key, std::string_view request, base::WallTime now);

 private:
  base::Result<bool> belongs_to_another(const NewTicket& ticket, std::string_view label);
  base::Status insert(const NewTicket& ticket, std::string_view label);
  base::Result<std::string> count_up(const TicketKey& key);
  base::Result<std::optional<std::int64_t>> ahead_of(const NewTicket& ticket);
  base::Result<std::optional<std::string>> known_label(std::string_view id);

  SqliteDatabase& database_;
};

}  // namespace gateway
