#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/visit_state.h"

namespace ui {

// The pages of a queue number; none without a window among the services. `begin` gives a visit that has come to a stage.
std::vector<std::pair<std::string, kiosk::VisitState>> ticket_scenes(const std::vector<kiosk::ServiceDefinition>& services,
                                                                     const std::function<kiosk::VisitState(kiosk::Stage)>& begin);

}  // namespace ui
