#include "kiosk/app/release_health.h"

#include <fmt/format.h>

namespace kiosk {
namespace {

std::string told(base::Failure failure) {
  const auto& entry = base::entry(failure);
  return fmt::format("{} {}", entry.code, entry.staff);
}

}  // namespace

std::string what_is_unsound(const VisitState& state) {
  const auto& intake = state.intake;
  if (intake.set_aside_now)
    return fmt::format("{} This run of the program found the queue damaged and set it aside.",
                       base::entry(base::Failure::save_store_corrupt).code);
  if (!intake.open && !intake.failure) return "The queue is still being opened.";
  if (!intake.open && intake.failure != base::Failure::save_disk_full) return told(*intake.failure);
  if (state.audit) return told(*state.audit);
  return {};
}

std::string missing_to_be_good(const VisitState& state, std::optional<base::Instant> sound_since, bool reached,
                               base::Instant now) {
  if (auto unsound = what_is_unsound(state); !unsound.empty()) return unsound;
  if (reached || (sound_since && now - *sound_since >= kWellAlone)) return {};
  return fmt::format("The platform has not answered yet; without it the terminal has to run well for {} minutes.",
                     kWellAlone.count());
}

// A card that was left would be read as somebody's when the machine is back.
std::string what_is_under_way(const VisitState& state) {
  if (state.stage != Stage::welcome || state.overlay != Overlay::none || state.card_on_plate)
    return "Somebody is at the terminal.";
  if (state.printer.state == hal::DeviceState::busy) return "A paper is being printed.";
  if (state.queue.in_flight > 0) return "An application is on its way to the office.";
  return {};
}

}  // namespace kiosk
