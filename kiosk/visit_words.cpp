// Words: by a phrase, by a scan, written or spelled; an address part by part; and the staff in place of all of them.
#include <algorithm>

#include "kiosk/entry.h"
#include "kiosk/form.h"
#include "kiosk/plain_json.h"
#include "kiosk/signature.h"
#include "kiosk/visit.h"
#include "kiosk/words_entry.h"

namespace kiosk {
namespace {

// Null: these words are not one of the question's phrases.
const LocalText* phrase_of(const Question& question, std::string_view words, std::string_view language) {
  const auto found = std::ranges::find(question.phrases, words, [&](const LocalText& phrase) { return phrase.in(language); });
  return found == question.phrases.end() ? nullptr : &*found;
}

}  // namespace

void Visit::on(ChooseWay chosen) {
  const auto* question = question_to_answer();
  if (question != nullptr && takes_words(*question, *state_.session)) state_.session->way = chosen.way;
}

void Visit::on(ChoosePhrase phrase) {
  const auto* question = question_to_answer();
  if (question == nullptr || !takes_words(*question, *state_.session) || phrase.index >= question->phrases.size()) return;
  state_.session->typed = base::Secret(question->phrases[phrase.index].in(state_.language));
}

// A phrase that was chosen stays chosen in another language. What the queue may already hold stays as it is.
void Visit::turn_phrases(const Language& before) {
  auto& session = *state_.session;
  if (session.service == nullptr || !session.submitted.empty()) return;
  for (const auto& question : session.service->questions) {
    const auto* answer = session.answers.find(question.id);
    if (answer == nullptr || !answer->is_string()) continue;
    if (const auto* phrase = phrase_of(question, answer->get_ref<const std::string&>(), before))
      session.answers.set(question.id, json_text(phrase->in(state_.language)));
  }
  const auto* asked = current_question();
  if (asked == nullptr || !takes_words(*asked, session)) return;
  if (const auto* phrase = phrase_of(*asked, session.typed.reveal(), before))
    session.typed = base::Secret(phrase->in(state_.language));
}

void Visit::on(TypeText text) {
  if (type_receipt(text.text.reveal())) return;
  const auto* question = question_to_answer();
  if (question == nullptr || !takes_words(*question, *state_.session)) return;
  take_words(*question, text.text.reveal());
}

void Visit::take_words(const Question& question, std::string_view words) {
  auto& session = *state_.session;
  if (has_room(question, session, words))
    session.typed.append(words);
  else
    session.problem = EntryProblem::too_long;
}

void Visit::on(Sign sign) {
  const auto* question = question_to_answer();
  if (question == nullptr || question->kind != InputKind::signature) return;
  if (read_signature(sign.path.reveal())) state_.session->typed = std::move(sign.path);
}

void Visit::on(CorrectPart correct) {
  const auto* question = question_to_answer();
  if (question == nullptr || question->kind != InputKind::address || state_.session->part) return;
  auto& session = *state_.session;
  const auto& part = session.address.part.at(static_cast<std::size_t>(correct.part));
  session.part = correct.part;
  session.typed.wipe();
  session.digits.wipe();
  (correct.part == AddressPart::area ? session.typed : session.digits).append(part.reveal());
}

void Visit::keep_part() {
  auto& session = *state_.session;
  auto& entry = session.part == AddressPart::area ? session.typed : session.digits;
  session.address.part.at(static_cast<std::size_t>(*session.part)) = std::move(entry);
  session.whole_address.wipe();
  leave_part();
}

void Visit::leave_part() {
  auto& session = *state_.session;
  session.part.reset();
  session.way.reset();
  session.typed.wipe();
  session.digits.wipe();
}

// One page of several that a question has; false when the question itself is left.
bool Visit::back_within_question() {
  const auto* question = question_to_answer();
  if (question == nullptr) return false;
  auto& session = *state_.session;
  if (session.way) {
    session.way.reset();
    return true;
  }
  if (question->kind == InputKind::photo) return back_within_photos();
  if (!session.part) return false;
  leave_part();
  return true;
}

void Visit::on(LeaveToStaff) {
  const auto* question = question_to_answer();
  if (question == nullptr || !staff_may_answer(*question)) return;
  auto& session = *state_.session;
  const bool changed = session.left_to_staff.insert(question->id).second || session.answers.find(question->id) != nullptr;
  session.answers.erase(question->id);
  session.skipped.erase(question->id);
  leave_question(changed);
}

// Codes are read only where the page asks for one.
std::vector<hal::PayloadKind> Visit::wanted_codes() const {
  if (state_.stage == Stage::status && !state_.session->person && !awaits_status() && state_.overlay == Overlay::none)
    return {hal::PayloadKind::receipt_code};
  const auto* question = current_question();
  if (question == nullptr || state_.overlay != Overlay::none) return {};
  if (question->kind == InputKind::code) return {*question->wanted};
  if (state_.session->way == TextWay::scan) return {hal::PayloadKind::plain_text};
  return {};
}

void Visit::on(hal::CodeScannerEvent event) {
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) {
    state_.scanner = *health;
  } else if (auto* scanned = std::get_if<hal::CodeScanned>(&event)) {
    on(std::move(*scanned));
  } else if (const auto* refused = std::get_if<hal::ScanRefused>(&event)) {
    on(*refused);
  }
}

void Visit::on(hal::CodeScanned scanned) {
  if (wanted_codes().empty()) return;
  last_sign_ = now_.instant;
  state_.notice.reset();
  rearm_ = true;
  if (state_.stage == Stage::status) return ask_status_by_paper(scanned.payload.reveal());
  const auto* question = question_to_answer();
  if (question->kind == InputKind::code) {
    state_.session->typed = std::move(scanned.payload);
  } else {
    take_words(*question, scanned.payload.reveal());
    state_.session->way.reset();
  }
}

void Visit::on(const hal::ScanRefused& refused) {
  if (wanted_codes().empty()) return;
  last_sign_ = now_.instant;
  state_.notice = refused.failure;
}

}  // namespace kiosk
