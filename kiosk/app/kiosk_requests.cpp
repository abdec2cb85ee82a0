// What linlictl can ask a running kiosk. Each request is one line here.
#include <nlohmann/json.hpp>

#include "kiosk/app/kiosk.h"

namespace kiosk {

void Kiosk::offer_requests() {
  requests_.offer("devices", [this](ControlCall call) { board_.list(std::move(call)); });
  requests_.offer("watch-devices", [this](ControlCall call) { board_.watch(std::move(call)); });
  requests_.offer("check", [this](ControlCall call) { board_.check(std::move(call), visit_.state().session.has_value()); });
  requests_.offer("queue", [this](ControlCall call) { queue_desk_.show(std::move(call)); });
  requests_.offer("queue-act", [this](ControlCall call) { queue_desk_.act(std::move(call)); });
  requests_.offer("watch-queue", [this](ControlCall call) { queue_desk_.watch(std::move(call)); });
}

}  // namespace kiosk
