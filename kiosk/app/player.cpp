#include "kiosk/app/player.h"

#include <algorithm>
#include <string>

#include "typeset/png.h"

namespace kiosk {
namespace {

// A number of the right length; as a mobile number it is one that everybody knows as an example.
std::string example_digits(const DigitLayout& layout) {
  const std::string phone = "13800138000";
  if (layout.fewest == static_cast<int>(phone.size())) return phone;
  return std::string(static_cast<std::size_t>(std::max(1, layout.fewest)), '1');
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
  for (const char digit : example_digits(question.digits))
    if (!press(std::string("digit/") + digit)) return false;
  return visit().can_go_on();
}

bool Player::answer_question() {
  const Question* question = visit().current_question();
  if (question == nullptr) return false;
  return question->kind == InputKind::digits ? type(*question) : choose(*question);
}

void Player::draw() { screen_.draw(surface_, kiosk_.visit(), kiosk_.moment()); }

base::Status Player::picture(const std::filesystem::path& png) {
  draw();
  const auto count = static_cast<std::size_t>(surface_.width()) * static_cast<std::size_t>(surface_.height());
  return typeset::write_png(png, {surface_.row(0), count}, surface_.width(), surface_.height());
}

}  // namespace kiosk
