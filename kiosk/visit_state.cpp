#include "kiosk/visit_state.h"

#include "kiosk/entry.h"
#include "kiosk/plain_json.h"

namespace kiosk {

Answers::~Answers() {
  for (auto& [question, value] : values_) wipe(value);
}

Answers& Answers::operator=(Answers&& other) noexcept {
  if (this == &other) return *this;
  for (auto& [question, value] : values_) wipe(value);
  values_ = std::exchange(other.values_, {});
  photographs_ = std::exchange(other.photographs_, {});
  return *this;
}

const nlohmann::json* Answers::find(const std::string& question) const {
  const auto found = values_.find(question);
  return found == values_.end() ? nullptr : &found->second;
}

const std::vector<Photograph>& Answers::photographs(const std::string& question) const {
  static const std::vector<Photograph> kNone;
  const auto found = photographs_.find(question);
  return found == photographs_.end() ? kNone : found->second;
}

void Answers::set(const std::string& question, nlohmann::json value, std::vector<Photograph> photographs) {
  auto& place = values_[question];
  wipe(place);
  place = std::move(value);
  if (photographs.empty())
    photographs_.erase(question);
  else
    photographs_[question] = std::move(photographs);
}

void Answers::erase(const std::string& question) {
  photographs_.erase(question);
  const auto found = values_.find(question);
  if (found == values_.end()) return;
  wipe(found->second);
  values_.erase(found);
}

nlohmann::json Answers::as_object() const {
  auto object = nlohmann::json::object();
  for (const auto& [question, value] : values_) object[question] = value;
  return object;
}

namespace {

void wipe_plain_fields(hal::Person& person) {
  for (auto* text : {&person.ethnic_code, &person.nationality, &person.issues, &person.valid_from, &person.valid_until})
    base::wipe(*text);
}

}  // namespace

void clear_entry(Session& session) {
  session.chosen.reset();
  session.marked.clear();
  session.digits.wipe();
  session.typed.wipe();
  session.way.reset();
  session.part.reset();
  session.address = {};
  session.whole_address.wipe();
  if (session.laid) wipe_plain_fields(*session.laid);
  session.laid.reset();
  session.photo = {};
  session.problem = EntryProblem::none;
  session.answer_refused = false;
}

void wipe(Session& session) {
  clear_entry(session);
  if (session.person) wipe_plain_fields(*session.person);
  if (session.saved) base::wipe(session.saved->receipt_code);
  if (session.received_number) base::wipe(*session.received_number);
  if (session.earlier.answer)
    for (auto& each : session.earlier.answer->applications)
      for (auto* text : {&each.service, &each.number, &each.receipt_code}) base::wipe(*text);
  session = Session{};
}

}  // namespace kiosk
