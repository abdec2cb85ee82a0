#include "kiosk/question_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "kiosk/card_fields.h"
#include "kiosk/day_range.h"
#include "kiosk/service_definition.h"
#include "offline_cache/submission.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr int kMostDigits = 20;
constexpr int kHighestAmount = 9'999'999;  // yuan
constexpr int kMostCharacters = 200;
constexpr std::size_t kMostPhrases = 12;
constexpr std::size_t kMostSlots = 24;
constexpr int kSmallestPhoto = 40'000;  // bytes; in less, a page is hardly legible

constexpr std::array<KindName, 17> kKinds{{{"choice", InputKind::choice},
                                           {"choices", InputKind::choices},
                                           {"yes_no", InputKind::yes_no},
                                           {"confirm", InputKind::confirm},
                                           {"digits", InputKind::digits},
                                           {"date", InputKind::date},
                                           {"slot", InputKind::slot},
                                           {"amount", InputKind::amount},
                                           {"phone", InputKind::phone},
                                           {"id_number", InputKind::id_number},
                                           {"name", InputKind::name},
                                           {"text", InputKind::text},
                                           {"address", InputKind::address},
                                           {"code", InputKind::code},
                                           {"card", InputKind::card},
                                           {"signature", InputKind::signature},
                                           {"photo", InputKind::photo}}};

struct PayloadName {
  std::string_view name;
  hal::PayloadKind kind;
};
constexpr std::array<PayloadName, 4> kPayloads{{{"receipt_code", hal::PayloadKind::receipt_code},
                                                {"appointment", hal::PayloadKind::appointment},
                                                {"opaque_token", hal::PayloadKind::opaque_token},
                                                {"plain_text", hal::PayloadKind::plain_text}}};

struct DayName {
  std::string_view name;
  std::chrono::weekday day;
};
constexpr std::array<DayName, 7> kDays{{{"mon", std::chrono::Monday},
                                        {"tue", std::chrono::Tuesday},
                                        {"wed", std::chrono::Wednesday},
                                        {"thu", std::chrono::Thursday},
                                        {"fri", std::chrono::Friday},
                                        {"sat", std::chrono::Saturday},
                                        {"sun", std::chrono::Sunday}}};

template <class Table>
const typename Table::value_type* named(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [name](const auto& each) { return each.name == name; });
  return found == table.end() ? nullptr : &*found;
}

template <class Table>
auto one_of(StrictObject& object, const std::string& key, const Table& table) {
  const auto text = object.string(key, kLongestId);
  if (const auto* found = named(table, text)) return *found;
  std::string known;
  for (const auto& each : table) known += fmt::format("{}{}", known.empty() ? "" : ", ", each.name);
  object.refuse(key, fmt::format("needs one of: {}", known));
  return table.front();
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

void read_options(StrictObject& object, Question& question) {
  const bool confirms = question.kind == InputKind::confirm;
  for (auto& option : object.objects("options", confirms ? 1 : 2, confirms ? 1 : kMostOptions))
    question.options.push_back(read_option(std::move(option)));
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

DayBound read_bound(StrictObject& object, const std::string& key) {
  if (auto bound = parse_day_bound(object.string(key, kLongestId))) return *bound;
  object.refuse(key, "needs \"today\", \"+7\", \"-30\" or a date such as \"1900-01-01\"");
  return {};
}

DayRange read_days(StrictObject object) {
  DayRange range{read_bound(object, "first"), read_bound(object, "last"), {}};
  if (object.has("closed"))
    for (const auto& name : object.strings("closed", kDays.size() - 1)) {
      if (const auto* day = named(kDays, name))
        range.closed.push_back(day->day);
      else
        object.refuse("closed", "needs a list of mon, tue, wed, thu, fri, sat, sun");
    }
  object.finish();
  return range;
}

AmountRange read_amount(StrictObject object) {
  const AmountRange range{object.integer("least", 0, kHighestAmount), object.integer("most", 1, kHighestAmount)};
  object.finish();
  return range;
}

PhotoLimits read_photo(StrictObject object) {
  PhotoLimits limits;
  limits.most = object.integer("most", 1, static_cast<int>(offline_cache::kMostAttachments));
  limits.most_bytes =
      static_cast<std::size_t>(object.integer("most_bytes", kSmallestPhoto, static_cast<int>(offline_cache::kLargestAttachment)));
  object.finish();
  return limits;
}

void read_text(StrictObject& object, Question& question) {
  question.most_characters = object.integer("most", 1, kMostCharacters);
  if (object.has("phrases")) question.phrases = object.text_list("phrases", kMostPhrases, kLongestLabel);
}

// What only this kind has.
void read_details(StrictObject& object, Question& question) {
  switch (question.kind) {
    case InputKind::choice:
    case InputKind::choices:
      return read_options(object, question);
    case InputKind::confirm:
      question.prefill = object.string("prefill", kLongestId);
      return read_options(object, question);
    case InputKind::digits:
      question.digits = read_digits(object.object("digits"));
      return;
    case InputKind::date:
      question.days = read_days(object.object("days"));
      return;
    case InputKind::slot:
      question.slots = object.strings("slots", kMostSlots);
      if (object.has("day")) question.slot_day = object.string("day", kLongestId);
      return;
    case InputKind::amount:
      question.amount = read_amount(object.object("amount"));
      return;
    case InputKind::name:
    case InputKind::text:
      return read_text(object, question);
    case InputKind::address:
      if (object.has("prefill")) question.prefill = object.string("prefill", kLongestId);
      return read_text(object, question);
    case InputKind::code:
      question.wanted = one_of(object, "wanted", kPayloads).kind;
      return;
    case InputKind::card:
      question.take = object.strings("take", card_fields().size());
      return;
    case InputKind::photo:
      question.photo = read_photo(object.object("photo"));
      return;
    case InputKind::yes_no:
    case InputKind::phone:
    case InputKind::id_number:
    case InputKind::signature:
      return;
  }
}

// A kind whose values are of one sort serves one purpose unless the definition says which.
std::string usual_purpose(const Question& question) {
  if (question.kind == InputKind::confirm) return std::string(card_reference(question.prefill));
  if (question.kind == InputKind::address) return "address";
  for (const auto& kind : {InputKind::phone, InputKind::id_number, InputKind::name, InputKind::signature})
    if (question.kind == kind)
      return std::string(
          std::find_if(kKinds.begin(), kKinds.end(), [kind](const auto& each) { return each.kind == kind; })->name);
  return question.id;
}

}  // namespace

std::span<const KindName> kind_names() { return kKinds; }

std::string read_id(StrictObject& object, const std::string& key, std::string_view also) {
  auto text = object.string(key, kLongestId);
  const bool good = std::all_of(text.begin(), text.end(), [also](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || also.find(c) != also.npos;
  });
  if (!good) object.refuse(key, fmt::format("may hold only a-z, 0-9 and {}", also));
  return text;
}

std::optional<JsonSchema> read_schema(StrictObject& object, const std::string& key) {
  const json& value = object.any(key);
  if (value.is_null()) return {};
  auto compiled = JsonSchema::compile(value);
  if (compiled) return *std::move(compiled);
  const std::string_view detail = compiled.error().detail;  // "/properties/x: reason"
  const auto colon = detail.find(": ");
  object.refuse_below(key, std::string(detail.substr(0, colon)), detail.substr(colon + 2));
  return {};
}

std::optional<Question> read_question(StrictObject object) {
  Question question;
  question.id = read_id(object, "id", "_");
  question.title = object.texts("title", kLongestTitle);
  question.lead = object.optional_texts("lead", kLongestSentence);
  question.label = object.texts("label", kLongestLabel);
  question.kind = one_of(object, "kind", kKinds).kind;
  read_details(object, question);
  question.optional = object.flag("optional", false);
  if (object.has("when")) question.when = read_schema(object, "when");
  if (object.has("from")) question.from = object.string("from", kLongestId);
  if (object.has("same_as")) question.same_as = object.string("same_as", kLongestId);
  question.purpose = object.has("purpose") ? read_id(object, "purpose", "_") : usual_purpose(question);
  auto schema = read_schema(object, "schema");
  object.finish();
  if (!schema) return {};
  question.schema = *std::move(schema);
  return question;
}

}  // namespace kiosk
