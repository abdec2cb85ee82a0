#include "kiosk/app/update_desk.h"

#include <nlohmann/json.hpp>

namespace kiosk {

void UpdateDesk::tell(std::vector<Asker>& askers, const std::string& missing) {
  std::erase_if(askers, [&](Asker& asker) {
    if (missing.empty()) return asker.call.answer(), true;
    constexpr const char* kMissing = "missing";
    return std::exchange(asker.told, missing) == missing ? !asker.call.is_heard() : !asker.call.tell({{kMissing, missing}});
  });
}

void UpdateDesk::stands(const VisitState& state, base::Instant now) {
  reached_ = reached_ || state.link == offline_cache::Link::up;
  if (!what_is_unsound(state).empty())
    sound_since_.reset();
  else if (!sound_since_)
    sound_since_ = now;
  if (!for_good_.empty()) tell(for_good_, missing_to_be_good(state, sound_since_, reached_, now));
  if (!for_idle_.empty()) tell(for_idle_, what_is_under_way(state));
}

void UpdateDesk::ask_good(ControlCall call, const VisitState& state, base::Instant now) {
  for_good_.push_back({std::move(call), {}});
  stands(state, now);
}

void UpdateDesk::ask_idle(ControlCall call, const VisitState& state) {
  for_idle_.push_back({std::move(call), {}});
  tell(for_idle_, what_is_under_way(state));
}

std::optional<base::Instant> UpdateDesk::deadline() const {
  if (for_good_.empty() || !sound_since_) return std::nullopt;
  return *sound_since_ + kWellAlone;
}

}  // namespace kiosk
