#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/visit_state.h"

namespace ui {

// What becomes of a `photo` question while it is answered, each with what it does to the visit.
struct PhotoScene {
  std::string name;
  std::function<void(kiosk::VisitState&)> change;
};
std::vector<PhotoScene> photo_scenes();

// One page that was kept, of a made-up document.
kiosk::Photograph sample_photograph(std::uint64_t number);

}  // namespace ui
