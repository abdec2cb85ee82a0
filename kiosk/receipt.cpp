#include "kiosk/receipt.h"

#include "kiosk/card_fields.h"
#include "kiosk/date_text.h"
#include "kiosk/form_choices.h"
#include "kiosk/masking.h"

namespace kiosk {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kShortNumber = 4;  // digits: a floor or a building; longer ones are masked on paper

std::string filled(std::string text, std::string_view name, std::string_view value) {
  if (const auto at = text.find(name); at != std::string::npos) text.replace(at, name.size(), value);
  return text;
}

// Builds the paper from top to bottom.
class Paper {
 public:
  Paper(const Hall& hall, const Session& session, const Moment& now, const Language& language, const Translations& translations)
      : hall_(hall), session_(session), now_(now), language_(language), translations_(translations) {
    document_.language = language == "zh" ? "zh-Hans" : language;
  }

  hal::PrintDocument make() && {
    head();
    fields();
    foot();
    return std::move(document_);
  }

 private:
  std::string text(std::string_view msgid) const { return translations_.text(msgid, language_); }
  void add(hal::PrintBlock block) { document_.blocks.push_back(std::move(block)); }

  void head() {
    const bool chinese = language_.starts_with("zh") || hall_.name_en.empty();
    add(hal::PrintHeading{chinese ? hall_.name_zh : hall_.name_en});
    add(hal::PrintText{text("Application receipt"), false, true});
    if (session_.copy) add(hal::PrintText{text("Copy"), true, true});
    add(hal::PrintRule{});
    add(hal::PrintCode{session_.saved->receipt_code});
    add(hal::PrintText{text("Receipt code. Please keep it."), false, true});
    add(hal::PrintRule{});
  }

  void fields() {
    add(hal::PrintField{service_label(), std::string(session_.service->title.in(language_)), true});
    if (session_.person) add(hal::PrintField{text("Applicant"), applicant(), false});
    for (const auto& row : session_.service->receipt) add_answer(row);
    const auto saved = in_hall(session_.saved->at, now_);
    add(hal::PrintField{text("Time"), date_text(saved.date, language_) + " " + time_text(saved.hour, saved.minute), false});
    add(hal::PrintField{text("Terminal"), hall_.terminal, false});
    add(hal::PrintField{text("State"), receipt_sentence(session_, now_, language_, translations_), true});
    for (const auto& row : session_.service->receipt)
      if (row.value == "promise") add(hal::PrintField{std::string(row.label.in(language_)), promise(), false});
    add(hal::PrintRule{});
  }

  void foot() {
    hal::PrintQr qr{receipt_qr(hall_, session_.saved->receipt_code), {text("Show this paper"), text("at the service counter")}};
    if (!hall_.hotline.empty()) qr.beside.push_back(filled(text("Telephone {number}"), "{number}"sv, hall_.hotline));
    add(std::move(qr));
    add(hal::PrintRule{});
    add(hal::PrintText{text("Thank you. Take care."), true, true});
  }

  // Paper is left lying about: enough to know one's own by.
  std::string applicant() const {
    return masked_name(full_name(*session_.person)) + " (" + masked_number(session_.person->id_number.reveal()) + ")";
  }

  std::string service_label() const {
    for (const auto& row : session_.service->receipt)
      if (row.value == "service.title") return std::string(row.label.in(language_));
    return text("Service");
  }

  std::string promise() const {
    return translations_.plural("{n} working day after the office received it", "{n} working days after the office received it",
                                session_.service->promise_days, language_);
  }

  void add_answer(const ReceiptRow& row) {
    constexpr std::string_view kAnswer = "answer.";
    if (!row.value.starts_with(kAnswer)) return;
    const auto* question = session_.service->question(std::string_view(row.value).substr(kAnswer.size()));
    const auto* answer = question == nullptr ? nullptr : session_.answers.find(question->id);
    if (answer == nullptr) return;
    const auto shown = answer_text(*question, *answer, session_, translations_, language_);
    const bool number = question->kind == InputKind::digits || question->kind == InputKind::phone;
    const bool personal = number && shown.size() > kShortNumber;
    add(hal::PrintField{std::string(row.label.in(language_)),
                        personal ? masked_number(shown.reveal()) : on_paper(*question, shown), false});
  }

  static std::string on_paper(const Question& question, const base::Secret& shown) {
    return question.kind == InputKind::name ? masked_name(shown.reveal()) : std::string(shown.reveal());
  }

  const Hall& hall_;
  const Session& session_;
  const Moment& now_;
  const Language& language_;
  const Translations& translations_;
  hal::PrintDocument document_;
};

}  // namespace

hal::PrintDocument receipt_document(const Hall& hall, const Session& session, const Moment& now, const Language& language,
                                    const Translations& translations) {
  return Paper(hall, session, now, language, translations).make();
}

std::string receipt_sentence(const Session& session, const Moment& now, const Language& language,
                             const Translations& translations) {
  if (session.received_number)
    return filled(translations.text("Received by the office. Number {number}.", language), "{number}", *session.received_number);
  const auto saved = in_hall(session.saved->at, now);
  return filled(translations.text("Saved on this machine at {time}. Not yet received by the office. Keep this code.", language),
                "{time}", time_text(saved.hour, saved.minute));
}

std::string receipt_qr(const Hall& hall, const std::string& receipt_code) {
  return "linli:" + hall.terminal + ":" + receipt_code;
}

}  // namespace kiosk
