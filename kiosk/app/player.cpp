#include "kiosk/app/player.h"

#include <algorithm>
#include <string>

#include "kiosk/entry.h"
#include "kiosk/form_choices.h"
#include "typeset/png.h"

namespace kiosk {
namespace {

// A number of the right length; as a mobile number it is one that everybody knows as an example.
std::string example_digits(const Question& question) {
  if (question.kind == InputKind::phone) return "13800138000";
  if (question.kind == InputKind::id_number) return "000000198105060031";
  if (question.kind == InputKind::amount) return std::to_string(question.amount.most);
  return std::string(static_cast<std::size_t>(std::max(1, question.digits.fewest)), '1');
}

}  // namespace

void Player::after_events() {
  kiosk_.handle_waiting();
  if (kiosk_.take_forget()) screen_.forget();
}

bool Player::press(std::string_view label_or_id) {
  auto events = screen_.press(label_or_id, kiosk_.visit(), kiosk_.moment());
  if (!events) return false;
  for (auto& event : *events) kiosk_.handle(std::move(event));
  after_events();
  return true;
}

bool Player::wait_for(const std::function<bool(const VisitState&)>& condition) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (true) {
    after_events();
    if (condition(visit().state())) return true;
    const auto now = std::chrono::steady_clock::now();
    if (now >= until) return false;
    const auto due = kiosk_.deadline() - kiosk_.moment().instant;
    bell_.wait_for(std::clamp<std::chrono::nanoseconds>(due, std::chrono::milliseconds{1}, until - now));
  }
}

bool Player::wait_for(Stage stage) {
  return wait_for([stage](const VisitState& state) { return state.stage == stage; });
}

bool Player::choose(const Question& question) {
  for (std::size_t i = 0; press("choice/" + question.id + "/" + std::to_string(i)); ++i)
    if (visit().can_go_on()) return true;
  return false;
}

bool Player::type(const Question& question) {
  if (question.kind == InputKind::date) return type_day();
  for (const char digit : example_digits(question))
    if (!press(std::string("digit/") + digit)) return false;
  return visit().can_go_on();
}

bool Player::type_day() {
  for (const char* control : {"digit/2", "digit/0", "digit/2", "digit/6", "digit/number-3", "digit/number-8"})
    if (!press(control)) return false;
  return visit().can_go_on();
}

// What can be answered by one press is; what would have to be laid, scanned or signed is left to the staff.
bool Player::say_or_leave(const Question& question) {
  if (visit().can_go_on()) return true;
  if (question.phrases.empty() || question.kind == InputKind::address) return press("staff");
  return press("phrase/0") && visit().can_go_on();
}

bool Player::answer_question() {
  const Question* question = visit().current_question();
  if (question == nullptr) return false;
  const auto& session = *visit().state().session;
  if (uses_keys(*question, session)) return type(*question);
  return choice_count(*question, session) > 0 ? choose(*question) : say_or_leave(*question);
}

void Player::draw() { screen_.draw(surface_, kiosk_.visit(), kiosk_.moment()); }

base::Status Player::picture(const std::filesystem::path& png) {
  draw();
  const auto count = static_cast<std::size_t>(surface_.width()) * static_cast<std::size_t>(surface_.height());
  return typeset::write_png(png, {surface_.row(0), count}, surface_.width(), surface_.height());
}

}  // namespace kiosk
