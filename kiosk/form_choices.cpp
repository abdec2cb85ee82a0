#include "kiosk/form_choices.h"

#include "kiosk/card_fields.h"
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

std::size_t choice_count(const Question& question, const Session& session) {
  if (question.kind == InputKind::digits) return 0;
  if (offers_plain_yes_no(question)) return 2;
  return question.options.size() + (offers_card_value(question, session) ? 1 : 0);
}

json choice_value(const Question& question, const Session& session, std::size_t index) {
  if (index >= choice_count(question, session)) return nullptr;
  if (offers_plain_yes_no(question)) return index == 0;
  if (!offers_card_value(question, session)) return question.options[index].value;
  return index == 0 ? json_text(prefilled(question, session)) : question.options[index - 1].value;
}

std::vector<ChoiceText> choice_texts(const Question& question, const Session& session, const Translations& translations,
                                     const Language& language) {
  std::vector<ChoiceText> texts;
  if (offers_plain_yes_no(question)) {
    texts.push_back({Secret(translations.text("Yes", language)), {}});
    texts.push_back({Secret(translations.text("No", language)), {}});
    return texts;
  }
  if (offers_card_value(question, session))
    texts.push_back({Secret(translations.text("Yes, that is right", language)), Secret(prefilled(question, session))});
  for (const auto& option : question.options) texts.push_back(option_text(option, session, language));
  return texts;
}

Secret answer_text(const Question& question, const json& answer, const Session& session, const Translations& translations,
                   const Language& language) {
  for (const auto& option : question.options)
    if (option.value == answer) return fill_placeholders(option.label.in(language), session, language);
  if (answer.is_boolean())
    return Secret(answer.get<bool>() ? translations.text("Yes", language) : translations.text("No", language));
  if (!answer.is_string()) return {};
  const auto& text = answer.get_ref<const std::string&>();
  return question.kind == InputKind::digits ? grouped_digits(text, question.digits) : Secret(text);
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
