// Answers what an update agent asks through linlictl (kiosk/app/release_health.h). On the kiosk's thread.
#pragma once

#include <vector>

#include "kiosk/app/control/control_call.h"
#include "kiosk/app/release_health.h"

namespace kiosk {

class UpdateDesk {
 public:
  // Both are answered by {"missing":"one sentence"} at once and whenever it changes, as long as something is missing, and then
  // by a last line without it.
  void ask_good(ControlCall call, const VisitState& state, base::Instant now);
  void ask_idle(ControlCall call, const VisitState& state);

  // After every event, and when deadline() has come.
  void stands(const VisitState& state, base::Instant now);
  // When the time without the platform is over, if somebody waits for it.
  std::optional<base::Instant> deadline() const;

 private:
  struct Asker {
    ControlCall call;
    std::string told;
  };
  static void tell(std::vector<Asker>& askers, const std::string& missing);

  std::vector<Asker> for_good_, for_idle_;
  std::optional<base::Instant> sound_since_;
  bool reached_ = false;
};

}  // namespace kiosk
