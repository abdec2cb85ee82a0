#include "kiosk/app/control/control_requests.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace kiosk {

void ControlRequests::answer(ControlCall call) const {
  if (const auto found = answers_.find(call.name()); found != answers_.end()) return found->second(std::move(call));
  std::vector<std::string> known;
  for (const auto& [name, answer] : answers_) known.push_back(name);
  call.refuse(fmt::format("this kiosk does not know the request \"{}\"; it knows {}", call.name(), fmt::join(known, ", ")));
}

}  // namespace kiosk
