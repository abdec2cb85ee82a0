// What has become of earlier applications: asked with the card, or with a receipt's code.
#include "kiosk/application.h"
#include "kiosk/visit.h"
#include "offline_cache/receipt_code.h"

namespace kiosk {

void Visit::on(OpenStatus) {
  if (state_.stage != Stage::services) return;
  forget_application();
  enter(Stage::status);
  if (state_.session->person) ask_status_by_card();
}

void Visit::on(TypeReceipt) {
  if (state_.stage == Stage::status && !state_.session->person && !awaits_status()) state_.session->earlier.typing = true;
}

void Visit::ask_status_by_card() {
  const auto& person = *state_.session->person;
  enter(Stage::status);
  state_.session->typed.wipe();
  state_.session->earlier = {};
  offline_cache::StatusQuestion question;
  question.id_number = person.id_number.clone();
  for (const auto& service : services())
    if (!service.ticket) question.chains.push_back({service.id, chain_of(service.id, person)});
  ask_status(std::move(question));
}

void Visit::ask_status_by_paper(std::string_view code) {
  auto& session = *state_.session;
  offline_cache::StatusQuestion question;
  question.receipt_code = code;
  session.typed.wipe();
  session.earlier = {};
  session.earlier.by_paper = true;
  ask_status(std::move(question));
}

void Visit::ask_status(offline_cache::StatusQuestion question) {
  question.id = ids_.next();
  state_.session->earlier.asking = question.id;
  waiting_since_ = now_.instant;
  commands_.emplace_back(AskStatus{std::move(question)});
}

void Visit::on(const offline_cache::StatusAnswer& answer) {
  if (!awaits_status() || state_.session->earlier.asking != answer.id) return;
  last_sign_ = now_.instant;
  state_.session->earlier.asking.reset();
  state_.session->earlier.answer = answer;
}

void Visit::give_up_status() {
  on(offline_cache::StatusAnswer{*state_.session->earlier.asking, {}, base::Failure::net_unreachable});
}

// Symbol by symbol; whole, it is asked with Next.
bool Visit::type_receipt(std::string_view symbols) {
  if (!types_receipt()) return false;
  auto& typed = state_.session->typed;
  if (typed.size() + symbols.size() <= kReceiptSymbols) typed.append(symbols);
  return true;
}

bool Visit::receipt_is_typed() const {
  if (!types_receipt()) return false;
  return offline_cache::parse_receipt_code(state_.session->typed.reveal()).has_value();
}

// From the typing to the page before; from an answer by paper to asking again; else to the services.
void Visit::back_from_status() {
  auto& session = *state_.session;
  const bool again = session.earlier.typing || (session.earlier.by_paper && session.earlier.answer);
  session.typed.wipe();
  session.earlier = {};
  if (!again) enter(Stage::services);
}

}  // namespace kiosk
