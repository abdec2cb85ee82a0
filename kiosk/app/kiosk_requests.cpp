// What linlictl can ask a running kiosk. Each request is one line here.
#include <nlohmann/json.hpp>

#include "kiosk/app/kiosk.h"

namespace kiosk {

// {"ahead_s":-7200}: this machine's clock is two hours behind the platform's; without it the platform has not been asked yet.
void Kiosk::tell_clock(ControlCall call) const {
  constexpr const char* kAhead = "ahead_s";
  nlohmann::json told = nlohmann::json::object();
  if (clock_ahead_) told[kAhead] = clock_ahead_->count();
  call.answer(told);
}

void Kiosk::offer_requests() {
  requests_.offer("devices", [this](ControlCall call) { board_.list(std::move(call)); });
  requests_.offer("watch-devices", [this](ControlCall call) { board_.watch(std::move(call)); });
  requests_.offer("check", [this](ControlCall call) { board_.check(std::move(call), visit_.state().session.has_value()); });
  requests_.offer("clock", [this](ControlCall call) { tell_clock(std::move(call)); });
  requests_.offer("good", [this](ControlCall call) { update_desk_.ask_good(std::move(call), visit_.state(), clock_.now()); });
  requests_.offer("idle", [this](ControlCall call) { update_desk_.ask_idle(std::move(call), visit_.state()); });
  requests_.offer("queue", [this](ControlCall call) { queue_desk_.show(std::move(call)); });
  requests_.offer("queue-act", [this](ControlCall call) { queue_desk_.act(std::move(call)); });
  requests_.offer("watch-queue", [this](ControlCall call) { queue_desk_.watch(std::move(call)); });
}

}  // namespace kiosk
