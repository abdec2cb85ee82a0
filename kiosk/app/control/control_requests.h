// The requests a kiosk answers, by name. kiosk/app/kiosk_requests.cpp is where they are offered.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "kiosk/app/control/control_call.h"

namespace kiosk {

class ControlRequests {
 public:
  using Answer = std::function<void(ControlCall)>;

  void offer(std::string name, Answer answer) { answers_[std::move(name)] = std::move(answer); }
  // On the kiosk's thread. A name that is not known is refused with those that are.
  void answer(ControlCall call) const;

 private:
  std::map<std::string, Answer> answers_;
};

}  // namespace kiosk
