// links: linli_offline_cache
// The platform's answers about queue numbers, heartbeats and the states of applications. Input: 'n', 'l', 's' or 't' (number,
// lease, sync, told state), 'j' or 'p' (media type), then the body.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/courier/status_answer.h"
#include "offline_cache/registrar/platform_answers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  if (size < 2) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::chrono::year_month_day day = std::chrono::year{2026} / 11 / 27;
  const auto id = *base::Uuid::parse("019365a0-0000-7000-8000-000000000002");
  RawAnswer answer;
  const bool problem = input[1] == 'p';
  answer.http = input[0] == 's' ? 200 : input[0] == 't' ? (problem ? 404 : 200) : problem ? 409 : 201;
  answer.content_type = input[1] == 'p' ? "application/problem+json" : "application/json";
  answer.body = input.substr(2);
  if (const auto number = read_number(answer, id, 'A', day);
      number && (number->label.front() != 'A' || number->label.size() > kLongestLabel))
    std::abort();
  if (const auto block = read_lease(answer, 'A', day); block && (block->first < kFirstReserve || block->last < block->first))
    std::abort();
  if (const auto orders = read_orders(answer); orders && (orders->poll_after < kSoonestSync || orders->poll_after > kLatestSync))
    std::abort();
  if (const auto told = read_status_answer(answer)) {
    if (told->size() > kMostStatuses) std::abort();
    for (const ApplicationStatus& each : *told)
      if (each.number.empty() || each.number.size() > kLongestNumber || each.where != ApplicationStatus::Where::at_office)
        std::abort();
  }
  (void)report_is_settled(answer);
  (void)says_audit_went_back(answer);
  return 0;
}
