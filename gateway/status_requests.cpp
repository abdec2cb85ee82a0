#include "gateway/status_requests.h"

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "base/remains.h"
#include "gateway/envelope.h"
#include "gateway/json_members.h"
#include "gateway/put_headers.h"

namespace gateway {
namespace {

using nlohmann::json;
using enum ProblemCode;

constexpr std::size_t kLongestIdNumber = 32;  // bytes

struct StatusQuestion {
  std::string terminal;
  std::optional<Digest> applicant;  // of the card that is shown
  std::string application;          // id, of the paper that is shown; empty: all of the applicant's
};

bool has_only(const json& query) {
  const std::size_t known = (query.contains("application") ? 1U : 0U) + (query.contains("id_number") ? 1U : 0U);
  return query.is_object() && known > 0 && query.size() == known;
}

// The opened question dies here.
Verdict<StatusQuestion> read_question(const Platform& platform, std::string_view envelope) {
  const auto opened = open_envelope(envelope, platform.keys, platform.devices);
  if (!opened) return tl::make_unexpected(opened.error());
  const json& query = member(opened->application, "status_query");
  if (!has_exactly(opened->application, {"status_query"}) || !has_only(query))
    return refuse(application_invalid, "What is sealed is not a status_query with application, id_number or both.");
  const auto number = text_member(query, "id_number");
  const auto application = text_member(query, "application");
  if (query.contains("id_number") && (number.empty() || number.size() > kLongestIdNumber))
    return refuse(application_invalid, "The ID number is not 1 to 32 bytes of text.", "/status_query/id_number");
  if (query.contains("application") && !is_application_id(application))
    return refuse(application_invalid, "The application is not a UUIDv7 in lower case.", "/status_query/application");
  StatusQuestion question{opened->terminal, std::nullopt, std::string(application)};
  if (!number.empty()) question.applicant = platform.applicant_key.digest(number);
  return question;
}

json told(const std::vector<Progress>& found) {
  json all = json::array();
  for (const Progress& each : found)
    all.push_back({{"application", each.id},
                   {"number", each.number},
                   {"received", each.received},
                   {"service", each.service},
                   {"since", each.since},
                   {"state", each.state}});
  return all;
}

}  // namespace

Verdict<Response> status_query(Platform& platform, const Request& request) {
  if (auto problem = check_message_headers(request)) return tl::make_unexpected(*problem);
  const auto question = read_question(platform, request.body);
  base::forget_dead_stack();
  if (!question) return tl::make_unexpected(question.error());
  if (!platform.query_limit.take(question->terminal, platform.clock.now()))
    return refuse(too_many_queries, "Too many questions came in this minute.");
  const Digest applicant = question->applicant.value_or(platform.applicant_key.nobody());
  const auto found = question->application.empty() ? platform.progress.of_applicant(applicant)
                                                   : platform.progress.of_application(question->application, applicant);
  if (!found) {
    base::log::failure(found.error());
    return refuse(busy, "The store cannot be used now. Ask again later.");
  }
  if (found->empty()) return refuse(not_found, "There is nothing that can be told to who asks.");
  return Response{
      200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, json{{"applications", told(*found)}}.dump()};
}

}  // namespace gateway
