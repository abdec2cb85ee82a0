#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/visit_state.h"

namespace ui {

struct StatusScene {
  std::string name;
  kiosk::VisitState state;
  int missing = 0;  // symbols of the code
};

// The pages about earlier applications. `begin` gives a visit that has come there, with or without a card on the plate.
std::vector<StatusScene> status_scenes(const std::vector<kiosk::ServiceDefinition>& services,
                                       const std::function<kiosk::VisitState(bool person)>& begin);

}  // namespace ui
