#include "kiosk/service_consistency.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kiosk/eligibility.h"
#include "kiosk/kind_consistency.h"

namespace kiosk {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

template <class Range>
bool contains(const Range& range, std::string_view wanted) {
  return std::find(range.begin(), range.end(), wanted) != range.end();
}

// Every name a condition asks for: the keys of properties and the entries of required, also below allOf, not, if ….
void collect_names(const json& schema, std::set<std::string>& names) {
  if (!schema.is_object()) return;
  if (const auto properties = schema.find("properties"); properties != schema.end())
    for (const auto& [name, value] : properties->items()) names.insert(name);
  if (const auto required = schema.find("required"); required != schema.end())
    for (const json& name : *required) names.insert(name.get<std::string>());
  for (const char* key : {"not", "if", "then", "else"})
    if (schema.contains(key)) collect_names(schema.at(key), names);
  for (const char* key : {"allOf", "anyOf", "oneOf", "$defs"})
    if (schema.contains(key))
      for (const json& part : schema.at(key)) collect_names(part, names);
}

class ConsistencyCheck {
 public:
  ConsistencyCheck(const ServiceDefinition& service, const json& source, Complaint& complaint)
      : service_(service), source_(source), complaint_(complaint) {}

  void run() {
    applicant();
    texts();
    rules();
    std::set<std::string> earlier;
    for (std::size_t i = 0; i < service_.questions.size(); ++i)
      question(service_.questions[i], Pointer("/questions") / i, earlier);
    check_purposes(service_, complaint_);
    check_photos(service_, complaint_);
    for (std::size_t i = 0; i < service_.receipt.size(); ++i) receipt_row(service_.receipt[i], Pointer("/receipt") / i);
  }

 private:
  // "{card.name}" in a text is filled in by the visit; any other brace is a slip of the pen.
  void placeholders(const LocalText& texts, const Pointer& at) {
    for (const auto& [language, text] : texts.all())
      for (auto open = text.find_first_of("{}"); open != text.npos;) {
        const auto close = text.find('}', open);
        const auto place = text.substr(open, close == text.npos ? close : close - open + 1);
        if (!is_card_reference(std::string_view(place).substr(1, place.size() - std::min<std::size_t>(place.size(), 2))))
          complaint_.add(at / language, fmt::format("\"{}\" is not {{card.FIELD}} with a field of \"applicant\"", place));
        open = close == text.npos ? close : text.find_first_of("{}", close + 1);
      }
  }

  bool is_card_reference(std::string_view text) const {
    constexpr std::string_view kCard = "card.";
    return text.starts_with(kCard) && contains(service_.applicant, text.substr(kCard.size()));
  }

  void texts() {
    placeholders(service_.title, Pointer("/title"));
    placeholders(service_.summary, Pointer("/summary"));
    for (std::size_t i = 0; i < service_.eligibility.size(); ++i)
      placeholders(service_.eligibility[i].say, Pointer("/eligibility") / i / "say");
    for (std::size_t i = 0; i < service_.questions.size(); ++i) {
      const auto at = Pointer("/questions") / i;
      const auto& question = service_.questions[i];
      placeholders(question.title, at / "title");
      placeholders(question.lead, at / "lead");
      placeholders(question.label, at / "label");
      for (std::size_t j = 0; j < question.options.size(); ++j) {
        placeholders(question.options[j].label, at / "options" / j / "label");
        placeholders(question.options[j].hint, at / "options" / j / "hint");
        placeholders(question.options[j].stop, at / "options" / j / "stop");
      }
    }
  }

  void applicant() {
    const auto& fields = service_.applicant;
    const Pointer at("/applicant");
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!contains(card_fields(), fields[i])) complaint_.add(at / i, "this is not a field of the card");
      if (std::count(fields.begin(), fields.end(), fields[i]) > 1) complaint_.add(at / i, "this field is named twice");
    }
    if (service_.needs_card && fields.empty())
      complaint_.add(at, "a service that needs the card takes at least one of its fields");
    if (!service_.needs_card && !fields.empty())
      complaint_.add(at, "only a service with \"needs_card\": true takes fields of the card");
  }

  void rules() {
    if (!service_.needs_card && !service_.eligibility.empty())
      complaint_.add(Pointer("/eligibility"), "rules about a person need \"needs_card\": true");
    for (std::size_t i = 0; i < service_.eligibility.size(); ++i) {
      const auto at = Pointer("/eligibility") / i / "unless";
      for (const auto& name : names_in(at))
        if (!contains(eligibility_fact_names(), name))
          complaint_.add(at, fmt::format("\"{}\" is not a fact about a person", name));
    }
  }

  std::set<std::string> names_in(const Pointer& at) const {
    std::set<std::string> names;
    collect_names(source_.at(at), names);
    return names;
  }

  void question(const Question& question, const Pointer& at, std::set<std::string>& earlier) {
    if (question.when)
      for (const auto& name : names_in(at / "when"))
        if (!earlier.contains(name)) complaint_.add(at / "when", fmt::format("\"{}\" is not an earlier question", name));
    if (!earlier.insert(question.id).second) complaint_.add(at / "id", "two questions have this id");
    options(question, at);
    prefill(question, at);
    check_kind(question, at, complaint_);
  }

  void options(const Question& question, const Pointer& at) {
    bool way_on = question.options.empty();
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      const auto& option = question.options[i];
      const bool several = question.kind == InputKind::choices;
      const bool fits = question.schema.accepts(several ? json::array({option.value}) : option.value);
      way_on = way_on || fits;
      if (fits != option.stop.empty())
        complaint_.add(at / "options" / i / (fits ? "stop" : "value"),
                       fits ? "a value that fits the schema needs no \"stop\""
                            : "does not fit the question's schema; one cannot go on with it: say why in \"stop\"");
      for (std::size_t j = 0; j < i; ++j)
        if (question.options[j].value == option.value)
          complaint_.add(at / "options" / i / "value", "two options have this value");
    }
    if (!way_on) complaint_.add(at / "options", "no option fits the question's schema");
  }

  void prefill(const Question& question, const Pointer& at) {
    const bool needed = question.kind == InputKind::confirm;
    if ((needed || !question.prefill.empty()) && !is_card_reference(question.prefill))
      complaint_.add(at / "prefill", "needs \"card.\" and a field of \"applicant\"");
  }

  void receipt_row(const ReceiptRow& row, const Pointer& at) {
    constexpr std::string_view kAnswer = "answer.";
    if (row.value == "service.title") return;
    if (row.value == "promise") {
      if (service_.promise_days == 0) complaint_.add(at / "value", "nothing is promised: \"promise_days\" is missing");
      return;
    }
    if (!row.value.starts_with(kAnswer) || !service_.question(std::string_view(row.value).substr(kAnswer.size())))
      complaint_.add(at / "value", "needs \"service.title\", \"promise\" or \"answer.\" and the id of a question");
  }

  const ServiceDefinition& service_;
  const json& source_;
  Complaint& complaint_;
};

}  // namespace

void check_consistency(const ServiceDefinition& service, const json& json, Complaint& complaint) {
  ConsistencyCheck(service, json, complaint).run();
}

}  // namespace kiosk
