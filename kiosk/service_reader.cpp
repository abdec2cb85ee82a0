#include "kiosk/service_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/question_reader.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t kMostRules = 20;
constexpr std::size_t kMostReceiptRows = 12;
constexpr int kLongestPromise = 365;  // working days

template <class Enum, std::size_t N>
Enum one_of(StrictObject& object, const std::string& key, const std::array<std::pair<std::string_view, Enum>, N>& names) {
  const json& value = object.any(key);
  std::string known;
  for (const auto& [name, result] : names) {
    if (value.is_string() && value.get_ref<const std::string&>() == name) return result;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
  }
  object.refuse(key, fmt::format("needs one of: {}", known));
  return names.front().second;
}

constexpr std::array<std::pair<std::string_view, Eligibility>, 3> kOutcomes{
    {{"maybe", Eligibility::maybe}, {"not_yet", Eligibility::not_yet}, {"no", Eligibility::no}}};

enum class ServiceKind : std::uint8_t { application, ticket };
constexpr std::array<std::pair<std::string_view, ServiceKind>, 2> kServiceKinds{
    {{"application", ServiceKind::application}, {"ticket", ServiceKind::ticket}}};

std::optional<EligibilityRule> read_rule(StrictObject object) {
  auto unless = read_schema(object, "unless");
  const auto outcome = one_of(object, "outcome", kOutcomes);
  auto say = object.texts("say", kLongestSentence);
  object.finish();
  if (!unless) return {};
  return EligibilityRule{*std::move(unless), outcome, std::move(say)};
}

ReceiptRow read_receipt_row(StrictObject object) {
  ReceiptRow row{object.texts("label", kLongestLabel), object.string("value", kLongestId + 8)};
  object.finish();
  return row;
}

TicketWindow read_ticket(StrictObject& object) {
  TicketWindow ticket;
  const auto series = object.string("series", 1);
  if (series.size() == 1 && series[0] >= 'A' && series[0] <= 'Z')
    ticket.series = series[0];
  else
    object.refuse("series", "needs one letter from A to Z");
  ticket.window = object.texts("window", kLongestLabel);
  return ticket;
}

// A queue number asks for nothing.
std::optional<ServiceDefinition> read_ticket_service(StrictObject& object, ServiceDefinition service,
                                                     const Complaint& complaint) {
  service.needs_card = false;
  service.ticket = read_ticket(object);
  object.finish();
  if (complaint.first()) return {};
  return service;
}

}  // namespace

std::optional<ServiceDefinition> read_service(const json& json, Complaint& complaint) {
  StrictObject object(json, nlohmann::json::json_pointer(), complaint);
  ServiceDefinition service;
  service.id = read_id(object, "id", "-");
  service.version = object.integer("version", 1, 1'000'000);
  service.title = object.texts("title", kLongestTitle);
  service.summary = object.texts("summary", kLongestTitle);
  service.pictogram = read_id(object, "pictogram", "-");
  if (object.has("kind") && one_of(object, "kind", kServiceKinds) == ServiceKind::ticket)
    return read_ticket_service(object, std::move(service), complaint);
  if (object.has("category")) service.category = one_of(object, "category", kCategories);
  service.needs_card = object.flag("needs_card", true);
  service.applicant = object.strings("applicant", card_fields().size());
  for (auto& rule : object.objects("eligibility", 0, kMostRules))
    if (auto read = read_rule(std::move(rule))) service.eligibility.push_back(*std::move(read));
  for (auto& question : object.objects("questions", 1, kMostQuestions))
    if (auto read = read_question(std::move(question))) service.questions.push_back(*std::move(read));
  for (auto& row : object.objects("receipt", 0, kMostReceiptRows)) service.receipt.push_back(read_receipt_row(std::move(row)));
  service.promise_days = object.integer("promise_days", 0, kLongestPromise, 0);
  object.finish();
  if (complaint.first()) return {};
  return service;
}

}  // namespace kiosk
