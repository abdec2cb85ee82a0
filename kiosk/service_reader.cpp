#include "kiosk/service_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestId = 40;         // bytes
constexpr std::size_t kLongestTitle = 60;      // characters
constexpr std::size_t kLongestLabel = 40;      // characters
constexpr std::size_t kLongestSentence = 160;  // characters
constexpr std::size_t kMostRules = 20;
constexpr std::size_t kMostReceiptRows = 12;
constexpr int kMostDigits = 20;
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

constexpr std::array<std::pair<std::string_view, InputKind>, 4> kKinds{{{"choice", InputKind::choice},
                                                                        {"yes_no", InputKind::yes_no},
                                                                        {"digits", InputKind::digits},
                                                                        {"confirm", InputKind::confirm}}};
constexpr std::array<std::pair<std::string_view, Eligibility>, 3> kOutcomes{
    {{"maybe", Eligibility::maybe}, {"not_yet", Eligibility::not_yet}, {"no", Eligibility::no}}};

std::string id(StrictObject& object, const std::string& key, std::string_view also) {
  auto text = object.string(key, kLongestId);
  const bool good = std::all_of(text.begin(), text.end(), [also](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || also.find(c) != also.npos;
  });
  if (!good) object.refuse(key, fmt::format("may hold only a-z, 0-9 and {}", also));
  return text;
}

std::optional<JsonSchema> schema(StrictObject& object, const std::string& key) {
  const json& value = object.any(key);
  if (value.is_null()) return {};
  auto compiled = JsonSchema::compile(value);
  if (compiled) return *std::move(compiled);
  const std::string_view detail = compiled.error().detail;  // "/properties/x: reason"
  const auto colon = detail.find(": ");
  object.refuse_below(key, std::string(detail.substr(0, colon)), detail.substr(colon + 2));
  return {};
}

AnswerOption read_option(StrictObject object) {
  AnswerOption option;
  option.value = object.any("value");
  if (option.value.is_structured() || option.value.is_null()) object.refuse("value", "needs a text, a number, true or false");
  option.label = object.texts("label", kLongestLabel);
  option.hint = object.optional_texts("hint", kLongestTitle);
  option.stop = object.optional_texts("stop", kLongestSentence);
  object.finish();
  return option;
}

DigitLayout read_digits(StrictObject object) {
  DigitLayout layout;
  layout.fewest = object.integer("fewest", 1, kMostDigits);
  layout.most = object.integer("most", 1, kMostDigits);
  if (object.has("groups")) {
    const json& groups = object.any("groups");
    for (const json& group : groups.is_array() ? groups : json::array({0}))
      layout.groups.push_back(group.is_number_unsigned() && group <= kMostDigits ? group.get<int>() : 0);
    if (layout.groups.empty() || std::count(layout.groups.begin(), layout.groups.end(), 0) > 0)
      object.refuse("groups", fmt::format("needs a list of whole numbers from 1 to {}", kMostDigits));
  }
  object.finish();
  return layout;
}

std::optional<Question> read_question(StrictObject object) {
  auto question_id = id(object, "id", "_");
  auto title = object.texts("title", kLongestTitle);
  auto lead = object.optional_texts("lead", kLongestSentence);
  auto label = object.texts("label", kLongestLabel);
  const auto kind = one_of(object, "kind", kKinds);
  std::vector<AnswerOption> options;
  if (kind == InputKind::choice || kind == InputKind::confirm)
    for (auto& option :
         object.objects("options", kind == InputKind::choice ? 2 : 1, kind == InputKind::choice ? kMostOptions : 1))
      options.push_back(read_option(std::move(option)));
  const auto layout = kind == InputKind::digits ? read_digits(object.object("digits")) : DigitLayout();
  auto prefill = kind == InputKind::confirm ? object.string("prefill", kLongestId) : std::string();
  const bool optional = object.flag("optional", false);
  auto when = object.has("when") ? schema(object, "when") : std::nullopt;
  auto fits = schema(object, "schema");
  object.finish();
  if (!fits) return {};
  return Question{std::move(question_id), std::move(title), std::move(lead), std::move(label), kind, std::move(options), layout,
                  std::move(prefill),     optional,         std::move(when), *std::move(fits)};
}

std::optional<EligibilityRule> read_rule(StrictObject object) {
  auto unless = schema(object, "unless");
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

}  // namespace

std::optional<ServiceDefinition> read_service(const json& json, Complaint& complaint) {
  StrictObject object(json, nlohmann::json::json_pointer(), complaint);
  ServiceDefinition service;
  service.id = id(object, "id", "-");
  service.version = object.integer("version", 1, 1'000'000);
  service.title = object.texts("title", kLongestTitle);
  service.summary = object.texts("summary", kLongestTitle);
  service.pictogram = id(object, "pictogram", "-");
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
