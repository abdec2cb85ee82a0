#include "kiosk/form_rows.h"

#include "kiosk/card_fields.h"
#include "kiosk/form.h"
#include "kiosk/form_choices.h"

namespace kiosk {
namespace {

using base::Secret;

std::string card_label(std::string_view field, const Translations& translations, const Language& language) {
  if (field == "name") return translations.text("Name", language);
  if (field == "latin_name") return translations.text("Name in Latin letters", language);
  if (field == "sex") return translations.text("Sex", language);
  if (field == "ethnic_code") return translations.text("Ethnic group", language);
  if (field == "nationality") return translations.text("Nationality", language);
  if (field == "birth") return translations.text("Born", language);
  if (field == "address") return translations.text("Address", language);
  if (field == "id_number") return translations.text("ID number", language);
  if (field == "pass_number") return translations.text("Pass number", language);
  if (field == "authority") return translations.text("Issued by", language);
  if (field == "valid_from") return translations.text("Valid from", language);
  return translations.text("Valid until", language);
}

std::string sex_word(hal::Sex sex, const Translations& translations, const Language& language) {
  if (sex == hal::Sex::male) return translations.text("Male", language);
  if (sex == hal::Sex::female) return translations.text("Female", language);
  return translations.text("Not stated", language);
}

Secret card_text(const VisitState& state, std::string_view field, const Translations& translations, const Language& language) {
  const auto& person = *state.session->person;
  if (field == "sex") return Secret(sex_word(person.sex, translations, language));
  auto shown = shown_card_field(person, field, language);
  const auto birth = person.birth_date();
  if (field != "birth" || !birth) return shown;
  const int years = hal::age_in_months(*birth, state.today) / 12;
  shown.append(" (");
  shown.append(translations.plural("{n} year old", "{n} years old", years, language));
  shown.append(")");
  return shown;
}

Secret row_text(const Question& question, const nlohmann::json* answer, const Session& session, const Translations& translations,
                const Language& language) {
  if (answer != nullptr) return answer_text(question, *answer, session, translations, language);
  if (session.left_to_staff.contains(question.id)) return Secret(translations.text("The staff will ask you", language));
  return Secret(translations.text("Not given", language));
}

}  // namespace

std::vector<CheckRow> check_rows(const VisitState& state, const Translations& translations, const Language& language) {
  std::vector<CheckRow> rows;
  if (!state.session || state.session->service == nullptr) return rows;
  const auto& session = *state.session;
  if (session.person)
    for (const auto& field : session.service->applicant)
      if (auto text = card_text(state, field, translations, language); !text.empty())
        rows.push_back({card_label(field, translations, language), std::move(text), true, {}});
  for (const auto i : asked_questions(session)) {
    const auto& question = session.service->questions[i];
    const auto* answer = session.answers.find(question.id);
    rows.push_back({std::string(question.label.in(language)), row_text(question, answer, session, translations, language), false,
                    question.id});
  }
  return rows;
}

}  // namespace kiosk
