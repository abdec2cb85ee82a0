#include "kiosk/service_translation.h"

namespace kiosk {
namespace {

template <class Change>
void change_texts(Question& question, const Change& change) {
  change(question.title);
  change(question.lead);
  change(question.label);
  for (auto& option : question.options) {
    change(option.label);
    change(option.hint);
    change(option.stop);
  }
  for (auto& phrase : question.phrases) change(phrase);
}

template <class Change>
void change_texts(ServiceDefinition& service, const Change& change) {
  change(service.title);
  change(service.summary);
  for (auto& rule : service.eligibility) change(rule.say);
  for (auto& question : service.questions) change_texts(question, change);
  for (auto& row : service.receipt) change(row.label);
  if (service.ticket) change(service.ticket->window);
}

}  // namespace

void translate(ServiceDefinition& service, const Translations& translations) {
  const auto languages = translations.languages();
  change_texts(service, [&](LocalText& text) {
    const auto english = text.all().find("en");
    if (english == text.all().end()) return;
    for (const auto& language : languages)
      if (auto words = translations.of_service(service.id, english->second, language)) text.add(language, *std::move(words));
  });
}

}  // namespace kiosk
