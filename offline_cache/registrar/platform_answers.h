// What the platform's answers about tickets and heartbeats mean. Pure: bytes from outside become values or nothing.
#pragma once

#include <optional>
#include <string>

#include "offline_cache/answer.h"
#include "offline_cache/ledger.h"

namespace offline_cache {

struct NumberAnswer {
  std::string label;
  std::optional<int> ahead;
};
// 200 or 201 that names this ticket, series and day, with a label that is one of the platform's.
std::optional<NumberAnswer> read_number(const RawAnswer& answer, const base::Uuid& id, char series,
                                        std::chrono::year_month_day day);
// Whether the report of a ticket is settled: taken, or refused for good (409 label-taken, 400): repeating changes nothing.
bool report_is_settled(const RawAnswer& answer);
// 201 with a block of this series and day.
std::optional<NumberBlock> read_lease(const RawAnswer& answer, char series, std::chrono::year_month_day day);

struct Orders {
  std::int64_t catalogue = 0;
  std::chrono::seconds poll_after{60};  // within kSoonestSync and kLatestSync
  std::optional<base::WallTime> now{};  // the platform's clock
};
std::optional<Orders> read_orders(const RawAnswer& answer);
bool says_audit_went_back(const RawAnswer& answer);

inline constexpr std::chrono::seconds kSoonestSync{15};
inline constexpr std::chrono::seconds kLatestSync{600};

std::string day_text(std::chrono::year_month_day day);

}  // namespace offline_cache
