#include "kiosk/form_choices.h"

#include <algorithm>

#include "kiosk/card_fields.h"
#include "kiosk/date_text.h"
#include "kiosk/day_range.h"
#include "kiosk/entry.h"
#include "kiosk/masking.h"
#include "kiosk/plain_json.h"

namespace kiosk {
namespace {

using base::Secret;
using nlohmann::json;

bool offers_card_value(const Question& question, const Session& session) {
  return question.kind == InputKind::confirm && !prefilled(question, session).empty();
}

bool offers_plain_yes_no(const Question& question) { return question.kind == InputKind::yes_no && question.options.empty(); }

ChoiceText option_text(const AnswerOption& option, const Session& session, const Language& language) {
  return {fill_placeholders(option.label.in(language), session, language),
          fill_placeholders(option.hint.in(language), session, language)};
}

}  // namespace

std::string_view prefilled(const Question& question, const Session& session) {
  if (!session.person) return {};
  return card_field(*session.person, card_reference(question.prefill));
}

std::size_t none_of_these(const Question& question) { return question.options.size(); }

std::vector<std::string> open_slots(const Question& question, const Session& session) {
  const auto* day = session.answers.find(question.slot_day);
  const bool today = day != nullptr && *day == day_text(session.today);
  std::vector<std::string> open;
  for (const auto& slot : question.slots)
    if (!today || slot_begins(slot).value_or(0) > session.minute) open.push_back(slot);
  return open;
}

std::size_t choice_count(const Question& question, const Session& session) {
  const bool listed = question.kind == InputKind::date && is_listed(question.days, session.today);
  if (listed) return listed_days(question.days, session.today).size();
  if (question.kind == InputKind::slot) return open_slots(question, session).size();
  if (offers_plain_yes_no(question)) return 2;
  const bool one_more = question.kind == InputKind::choices || offers_card_value(question, session);
  return question.options.size() + (one_more ? 1 : 0);
}

json choice_value(const Question& question, const Session& session, std::size_t index) {
  if (index >= choice_count(question, session)) return nullptr;
  if (question.kind == InputKind::date) return day_text(listed_days(question.days, session.today)[index]);
  if (question.kind == InputKind::slot) return open_slots(question, session)[index];
  if (offers_plain_yes_no(question)) return index == 0;
  if (question.kind == InputKind::choices && index == none_of_these(question)) return json::array();
  if (!offers_card_value(question, session)) return question.options[index].value;
  return index == 0 ? json_text(prefilled(question, session)) : question.options[index - 1].value;
}

namespace {

// "tomorrow" for the days whose name everybody uses.
std::string near_day(std::chrono::year_month_day day, const Session& session, const Translations& translations,
                     const Language& language) {
  const auto distance = std::chrono::sys_days(day) - std::chrono::sys_days(session.today);
  if (distance.count() == 0) return translations.text("Today", language);
  if (distance.count() == 1) return translations.text("Tomorrow", language);
  if (distance.count() == 2) return translations.text("The day after tomorrow", language);
  return {};
}

std::vector<ChoiceText> day_texts(const Question& question, const Session& session, const Translations& translations,
                                  const Language& language) {
  std::vector<ChoiceText> texts;
  for (const auto day : listed_days(question.days, session.today))
    texts.push_back({Secret(day_words(day, translations, language)), Secret(near_day(day, session, translations, language))});
  return texts;
}

std::vector<ChoiceText> slot_texts(const Question& question, const Session& session, const Translations& translations,
                                   const Language& language) {
  constexpr int kNoon = 12 * 60;
  std::vector<ChoiceText> texts;
  for (const auto& slot : open_slots(question, session)) {
    const bool morning = slot_begins(slot).value_or(0) < kNoon;
    texts.push_back(
        {Secret(slot), Secret(morning ? translations.text("Morning", language) : translations.text("Afternoon", language))});
  }
  return texts;
}

}  // namespace

std::vector<ChoiceText> choice_texts(const Question& question, const Session& session, const Translations& translations,
                                     const Language& language) {
  std::vector<ChoiceText> texts;
  if (choice_count(question, session) == 0) return texts;
  if (question.kind == InputKind::date) return day_texts(question, session, translations, language);
  if (question.kind == InputKind::slot) return slot_texts(question, session, translations, language);
  if (offers_plain_yes_no(question)) {
    texts.push_back({Secret(translations.text("Yes", language)), {}});
    texts.push_back({Secret(translations.text("No", language)), {}});
    return texts;
  }
  if (offers_card_value(question, session))
    texts.push_back({Secret(translations.text("Yes, that is right", language)), Secret(prefilled(question, session))});
  for (const auto& option : question.options) texts.push_back(option_text(option, session, language));
  if (question.kind == InputKind::choices) texts.push_back({Secret(translations.text("None of these", language)), {}});
  return texts;
}

namespace {

Secret list_text(const Question& question, const json& answer, const Session& session, const Translations& translations,
                 const Language& language) {
  if (answer.empty()) return Secret(translations.text("None of these", language));
  Secret text;
  for (const auto& value : answer)
    for (const auto& option : question.options)
      if (option.value == value) {
        if (!text.empty()) text.append(translations.text(", ", language));
        text.append(fill_placeholders(option.label.in(language), session, language).reveal());
      }
  return text;
}

// Of a person who is not the applicant: enough to know by, on a screen that others may see.
Secret card_text(const json& answer) {
  Secret text;
  const auto add = [&text](std::string shown) {
    if (!text.empty()) text.append("  ");
    text.append(shown);
    base::wipe(shown);
  };
  if (answer.contains("name")) add(masked_name(answer["name"].get_ref<const std::string&>()));
  if (answer.contains("id_number")) add(masked_number(answer["id_number"].get_ref<const std::string&>()));
  return text;
}

Secret amount_text(int amount, const Translations& translations, const Language& language) {
  return Secret(translations.plural("{n} yuan", "{n} yuan", amount, language));
}

}  // namespace

Secret answer_text(const Question& question, const json& answer, const Session& session, const Translations& translations,
                   const Language& language) {
  for (const auto& option : question.options)
    if (option.value == answer) return fill_placeholders(option.label.in(language), session, language);
  if (answer.is_array()) return list_text(question, answer, session, translations, language);
  if (answer.is_object()) return card_text(answer);
  if (question.kind == InputKind::photo && answer.is_number_integer())
    return Secret(translations.plural("{n} photograph", "{n} photographs", answer.get<int>(), language));
  if (answer.is_number_integer()) return amount_text(answer.get<int>(), translations, language);
  if (answer.is_boolean())
    return Secret(answer.get<bool>() ? translations.text("Yes", language) : translations.text("No", language));
  if (!answer.is_string()) return {};
  const auto& text = answer.get_ref<const std::string&>();
  if (question.kind == InputKind::digits) return grouped_digits(text, question.digits);
  if (question.kind == InputKind::phone) return grouped_digits(text, phone_layout(text));
  if (question.kind == InputKind::id_number) return Secret(masked_number(text));
  if (question.kind == InputKind::signature) return Secret(translations.text("Signed", language));
  const auto day = question.kind == InputKind::date ? parse_day(text) : std::nullopt;
  return day ? Secret(day_words(*day, translations, language)) : Secret(text);
}

Secret grouped_digits(std::string_view digits, const DigitLayout& layout) {
  Secret shown;
  for (const int length : layout.groups) {
    const bool last = &length == &layout.groups.back();
    const auto group = digits.substr(0, last ? digits.size() : static_cast<std::size_t>(length));
    if (!shown.empty() && !group.empty()) shown.append(" ");
    shown.append(group);
    digits.remove_prefix(group.size());
  }
  shown.append(digits);
  return shown;
}

Secret fill_placeholders(std::string_view text, const Session& session, const Language& language) {
  Secret filled;
  while (!text.empty()) {
    const auto open = text.find("{card.");
    filled.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) {
      filled.append(text.substr(open));
      break;
    }
    const auto field = card_reference(text.substr(open + 1, close - open - 1));
    if (session.person) filled.append(shown_card_field(*session.person, field, language).reveal());
    text.remove_prefix(close + 1);
  }
  return filled;
}

}  // namespace kiosk
