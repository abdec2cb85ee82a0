#include "gateway/ticket_requests.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "gateway/envelope.h"
#include "gateway/json_members.h"
#include "gateway/put_headers.h"
#include "gateway/strict_json.h"
#include "gateway/ticket_store.h"
#include "gateway/timestamp.h"

namespace gateway {
namespace {

using nlohmann::json;
using enum ProblemCode;

constexpr std::size_t kLongestName = 32;  // characters of a hall or terminal
constexpr std::size_t kLongestLabel = 16;
constexpr std::size_t kLongestRequest = 66;  // characters of an Idempotency-Key, quotes included
constexpr std::string_view kHallCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
constexpr std::string_view kNumberDigits = "0123456789";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

tl::unexpected<Problem> cannot_keep(const base::Error& error) {
  base::log::failure(error);
  return refuse(busy, "The store cannot be used now. Send the same bytes again later.");
}

bool is_name(std::string_view text) { return text.size() <= kLongestName && consists_of(text, kHallCharacters); }

// A hall's own date is at most a day from ours, wherever it is.
bool is_today_somewhere(std::string_view day, base::WallTime now) {
  using std::chrono::hours;
  return day >= to_timestamp(now - hours(24)).substr(0, 10) && day <= to_timestamp(now + hours(24)).substr(0, 10);
}

struct Message {
  json object;
  TicketKey key;
};

// Body and hall, checked; `key` points into both.
Verdict<Message> read_message(const Request& request, std::string_view hall) {
  if (auto problem = check_message_headers(request)) return tl::make_unexpected(*problem);
  auto body = parse_strict_json(request.body);
  if (!body || !body->is_object()) return refuse(malformed, "The body is no JSON object.");
  Message message{*std::move(body), {}};
  message.key = {hall, text_member(message.object, "series"), text_member(message.object, "day")};
  if (!is_name(hall)) return refuse(malformed, "The hall in the path is not a name.");
  if (message.key.series.size() != 1 || !consists_of(message.key.series, kLetters))
    return refuse(malformed, "The series is not a letter from A to Z.", "/series");
  if (!is_timestamp(std::string(message.key.day) + "T00:00:00Z")) return refuse(malformed, "The day is not a date.", "/day");
  return message;
}

Verdict<std::string> idempotency_key(const Request& request) {
  const auto key = request.header("idempotency-key");
  if (!key || key->size() < 3 || key->size() > kLongestRequest || !key->starts_with('"') || !key->ends_with('"'))
    return refuse(malformed, "Idempotency-Key is missing, or not a quoted text of at most 64 characters.");
  return *key;
}

// What a terminal may have given by itself: a leased number, or letters of its own.
bool is_own_label(std::string_view label, std::string_view series) {
  if (label.size() < 4 || label.size() > kLongestLabel || !label.starts_with(series)) return false;
  const auto rest = label.substr(1);
  const auto digits = rest.substr(std::min(rest.find_first_not_of(kLetters), rest.size()));
  if (!consists_of(digits, kNumberDigits)) return false;
  if (digits.size() < rest.size()) return true;
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return digits.size() == 3 && number >= kFirstReserve && number <= kLastReserve;
}

Response json_answer(int status, const json& body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, body.dump()};
}

std::optional<Problem> check_ticket(const json& ticket, const TicketKey& key) {
  const bool labelled = ticket.contains("label");
  if (ticket.size() != (labelled ? 5U : 4U) || !is_name(text_member(ticket, "terminal")) ||
      !is_timestamp(text_member(ticket, "issued")))
    return Problem{malformed, "A ticket is day, issued, series, terminal, and label when the terminal gave one."};
  if (labelled && !is_own_label(text_member(ticket, "label"), key.series))
    return Problem{malformed, "The label is none that a terminal may give.", "/label"};
  return std::nullopt;
}

}  // namespace

Verdict<Response> put_ticket(Platform& platform, const Request& request, std::string_view hall, std::string_view id) {
  if (!is_application_id(id)) return refuse(malformed, "The id in the path is not a UUIDv7 in lower case.");
  const auto message = read_message(request, hall);
  if (!message) return tl::make_unexpected(message.error());
  if (auto problem = check_ticket(message->object, message->key)) return tl::make_unexpected(*problem);
  const auto label = text_member(message->object, "label");
  // What was given while cut off is reported when it can be, on whatever day that is.
  if (label.empty() && !is_today_somewhere(message->key.day, platform.clock.wall()))
    return refuse(wrong_day, "It is not that day anywhere. Give a label of your own.", "/day");
  const NewTicket ticket{message->key, id, text_member(message->object, "terminal"), text_member(message->object, "issued"),
                         label};
  const auto issued = platform.tickets.put(ticket, platform.clock.wall());
  if (!issued) return cannot_keep(issued.error());
  if (!*issued) return refuse(label_taken, "Another ticket has this label on that day.", "/label");
  json answer{{"day", message->key.day}, {"id", id}, {"label", (*issued)->label}, {"series", message->key.series}};
  if ((*issued)->ahead) answer["ahead"] = *(*issued)->ahead;
  return json_answer((*issued)->repeat ? 200 : 201, answer);
}

Verdict<Response> lease_numbers(Platform& platform, const Request& request, std::string_view hall) {
  const auto message = read_message(request, hall);
  if (!message) return tl::make_unexpected(message.error());
  const auto terminal = text_member(message->object, "terminal");
  if (message->object.size() != 3 || !is_name(terminal)) return refuse(malformed, "A lease is day, series and terminal.");
  const auto key = idempotency_key(request);
  if (!key) return tl::make_unexpected(key.error());
  if (!is_today_somewhere(message->key.day, platform.clock.wall()))
    return refuse(wrong_day, "It is not that day anywhere.", "/day");
  const auto lease = platform.tickets.lease(message->key, terminal, *key, platform.clock.wall());
  if (!lease) return cannot_keep(lease.error());
  if (!*lease) return refuse(numbers_used_up, "No numbers are left to lease on that day.");
  if ((*lease)->other_request) return refuse(different_body, "This Idempotency-Key was used for another request.");
  return json_answer(201, {{"day", message->key.day},
                           {"epoch", (*lease)->epoch},
                           {"first", (*lease)->first},
                           {"last", (*lease)->last},
                           {"series", message->key.series}});
}

Verdict<Response> call_next(Platform& platform, const Request& request, std::string_view hall) {
  const auto message = read_message(request, hall);
  if (!message) return tl::make_unexpected(message.error());
  if (message->object.size() != 2) return refuse(malformed, "A call is day and series.");
  const auto key = idempotency_key(request);
  if (!key) return tl::make_unexpected(key.error());
  const auto called = platform.tickets.call(message->key, *key, platform.clock.wall());
  if (!called) return cannot_keep(called.error());
  if (!*called) return refuse(not_found, "Nobody waits.");
  return json_answer(200, {{"id", (*called)->id}, {"label", (*called)->label}});
}

}  // namespace gateway
