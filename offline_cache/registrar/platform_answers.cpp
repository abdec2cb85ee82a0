#include "offline_cache/registrar/platform_answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "offline_cache/strict_json.h"
#include "offline_cache/timestamp.h"

namespace offline_cache {
namespace {

constexpr int kMostAhead = 10'000;
constexpr std::size_t kLargestAnswer = 4096;

std::optional<FlatJson> read_json(const RawAnswer& answer, std::string_view media) {
  if (answer.curl != 0 || answer.too_long || !std::string_view(answer.content_type).starts_with(media)) return std::nullopt;
  auto read = read_strict_json(answer.body, kLargestAnswer);
  if (!read) return std::nullopt;
  return *std::move(read);
}

std::optional<long long> integer(const FlatJson& fields, std::string_view name) {
  const auto found = fields.integers.find(name);
  return found == fields.integers.end() ? std::nullopt : std::optional(found->second);
}

// "A017", "A1000": the series and digits alone.
bool is_platform_label(std::string_view label, char series) {
  return label.size() >= 4 && label.size() <= kLongestLabel && label.front() == series &&
         std::all_of(label.begin() + 1, label.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_of(const FlatJson& fields, char series, std::chrono::year_month_day day) {
  return fields.string("series") == std::string_view(&series, 1) && fields.string("day") == day_text(day);
}

std::string problem_code(const RawAnswer& answer) {
  const auto fields = read_json(answer, "application/problem+json");
  return fields ? std::string(fields->string("code")) : std::string();
}

}  // namespace

std::string day_text(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::optional<NumberAnswer> read_number(const RawAnswer& answer, const base::Uuid& id, char series,
                                        std::chrono::year_month_day day) {
  if (answer.http != 200 && answer.http != 201) return std::nullopt;
  const auto fields = read_json(answer, "application/json");
  if (!fields || fields->string("id") != id.text() || !is_of(*fields, series, day)) return std::nullopt;
  NumberAnswer number{std::string(fields->string("label")), std::nullopt};
  if (!is_platform_label(number.label, series)) return std::nullopt;
  if (const auto ahead = integer(*fields, "ahead"); ahead && *ahead >= 0 && *ahead <= kMostAhead)
    number.ahead = static_cast<int>(*ahead);
  return number;
}

bool report_is_settled(const RawAnswer& answer) {
  if (answer.http == 200 || answer.http == 201) return read_json(answer, "application/json").has_value();
  const auto code = problem_code(answer);
  return code == "label-taken" || code == "malformed";
}

std::optional<NumberBlock> read_lease(const RawAnswer& answer, char series, std::chrono::year_month_day day) {
  if (answer.http != 201) return std::nullopt;
  const auto fields = read_json(answer, "application/json");
  if (!fields || !is_of(*fields, series, day)) return std::nullopt;
  const auto epoch = integer(*fields, "epoch"), first = integer(*fields, "first"), last = integer(*fields, "last");
  if (!epoch || !first || !last || *epoch < 1 || *first < kFirstReserve || *last < *first || *last - *first >= 100 ||
      *last > 9999)
    return std::nullopt;
  return NumberBlock{series, day, *epoch, static_cast<int>(*first), static_cast<int>(*last)};
}

std::optional<Orders> read_orders(const RawAnswer& answer) {
  if (answer.http != 200) return std::nullopt;
  const auto fields = read_json(answer, "application/json");
  if (!fields) return std::nullopt;
  const auto catalogue = integer(*fields, "catalogue"), poll = integer(*fields, "poll_after_s");
  if (!catalogue || *catalogue < 0 || !poll) return std::nullopt;
  return Orders{*catalogue, std::chrono::seconds(std::clamp<long long>(*poll, kSoonestSync.count(), kLatestSync.count())),
                parse_timestamp(fields->string("now"))};
}

bool says_audit_went_back(const RawAnswer& answer) { return answer.http == 409 && problem_code(answer) == "audit-went-back"; }

}  // namespace offline_cache
