#include "offline_cache/timestamp.h"

#include <ctime>
#include <string>

namespace offline_cache {
namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2200;  // nanoseconds since 1970 can be counted until 2262

}  // namespace

std::optional<base::WallTime> parse_timestamp(std::string_view text) {
  std::tm utc{};
  const std::string whole(text);
  const char* end = strptime(whole.c_str(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  if (whole.size() != 20 || end == nullptr || *end != '\0') return std::nullopt;
  if (const int year = utc.tm_year + 1900; year < kFirstYear || year > kLastYear) return std::nullopt;
  return std::chrono::system_clock::from_time_t(timegm(&utc));
}

}  // namespace offline_cache
