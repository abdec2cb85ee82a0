#include "kiosk/visit.h"

#include <type_traits>

#include "kiosk/form.h"

namespace kiosk {

Visit::Visit(const Hall& hall, const std::vector<ServiceDefinition>& services, const Translations& translations,
             base::UuidSource& ids)
    : hall_(hall), services_(services), translations_(translations), ids_(ids) {
  state_.language = hall_.default_language;
}

Commands Visit::start() {
  want_card();
  const bool again = std::exchange(rearm_, false);
  if (auto codes = wanted_codes(); codes != wanting_codes_ || (again && !codes.empty())) {
    wanting_codes_ = codes;
    commands_.emplace_back(codes.empty() ? WantCode{} : WantCode{hal::ScanRequest{std::move(codes)}});
  }
  return std::exchange(commands_, {});
}

Commands Visit::handle(Event event, const Moment& now) {
  now_ = now;
  if (last_sign_ == base::Instant{}) last_sign_ = now.instant;  // the machine has started
  state_.today = now.date;
  if (is_press(event))
    press(std::move(event));
  else
    std::visit([this](auto&& happened) { on(std::move(happened)); }, std::move(event));
  if (!state_.session) adopt_offer();
  if (wants_pictures() != wanting_pictures_) {
    wanting_pictures_ = !wanting_pictures_;
    commands_.emplace_back(WantPictures{wanting_pictures_});
  }
  if (wants_card() != wanting_card_ || (wanting_card_ && wants_photo() != wanting_photo_)) want_card();
  const bool again = std::exchange(rearm_, false);
  if (auto codes = wanted_codes(); codes != wanting_codes_ || (again && !codes.empty())) {
    wanting_codes_ = codes;
    commands_.emplace_back(codes.empty() ? WantCode{} : WantCode{hal::ScanRequest{std::move(codes)}});
  }
  return std::exchange(commands_, {});
}

void Visit::press(Event event) {
  last_sign_ = now_.instant;
  // A touch of the page that calls people only wakes it; who asks for the voice gets it.
  if (std::exchange(state_.resting, false) && !std::holds_alternative<SetVoice>(event)) return;
  if (staff_takes(event) || overlay_takes(event)) return;
  // A notice stays while it is enlarged, translated or pointed at.
  const bool only_looks = std::holds_alternative<Touched>(event) || is_setting(event);
  if (!only_looks) state_.notice.reset();
  std::visit([this](auto&& pressed) { on(std::move(pressed)); }, std::move(event));
}

bool Visit::is_press(const Event& event) {
  return std::visit(
      []<class E>(const E&) {
        return !std::is_same_v<E, TimePassed> && !std::is_same_v<E, StaffPinChecked> && !std::is_same_v<E, HeadsetChanged> &&
               !std::is_same_v<E, Speaking> && !std::is_same_v<E, OwnPartIs> && !std::is_same_v<E, hal::CardReaderEvent> &&
               !std::is_same_v<E, hal::CodeScannerEvent> && !std::is_same_v<E, hal::CameraEvent> &&
               !std::is_same_v<E, hal::PrinterEvent> && !std::is_same_v<E, offline_cache::CourierEvent> &&
               !std::is_same_v<E, offline_cache::RegistrarEvent> && !std::is_same_v<E, OfferChanged>;
      },
      event);
}

void Visit::enter(Stage stage) {
  state_.stage = stage;
  state_.notice.reset();
  if (state_.session) state_.session->photo.frame.reset();  // what a camera saw does not outlive its page
  notice_is_about_card_ = false;
}

const Question* Visit::current_question() const {
  if (state_.stage != Stage::question) return nullptr;
  return &state_.session->service->questions[state_.session->question];
}

Step Visit::step() const {
  if (state_.stage == Stage::question) return step_at(*state_.session, state_.session->question);
  if (state_.stage == Stage::check) return last_step(*state_.session);
  return {};
}

}  // namespace kiosk
