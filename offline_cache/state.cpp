#include "offline_cache/state.h"

#include <algorithm>
#include <array>

namespace offline_cache {
namespace {

using enum State;

constexpr std::array kTransitions{
    Transition{queued, in_flight, "an attempt row was committed"},
    Transition{queued, acknowledged, "the answer to an attempt came after the queue was opened anew"},
    Transition{queued, rejected, "the same"},
    Transition{queued, held, "the same; its bytes changed; its senders died; an operator said so"},
    Transition{in_flight, queued, "the attempt may be repeated, or its sender died"},
    Transition{in_flight, acknowledged, "the office has it"},
    Transition{in_flight, rejected, "the office refused it as business"},
    Transition{in_flight, held, "the platform cannot take this one"},
    Transition{held, queued, "an operator pressed \"try again\""},
    Transition{held, in_flight, "the daily probe"},
    Transition{held, tombstone, "an operator gave it up, by name"},
    Transition{rejected, tombstone, "the resident was told"},
    Transition{acknowledged, tombstone, "past its retention"},
};

constexpr std::array<std::string_view, kStates> kNames{"QUEUED", "INFLIGHT", "ACKNOWLEDGED", "REJECTED", "HELD", "TOMBSTONE"};

}  // namespace

std::span<const Transition> transitions() { return kTransitions; }

bool legal(State from, State to) {
  return std::ranges::any_of(kTransitions, [&](const Transition& known) { return known.from == from && known.to == to; });
}

std::string_view name_of(State state) { return kNames.at(static_cast<std::size_t>(state) - 1); }

std::optional<State> find_state(std::string_view name) {
  const auto* const found = std::ranges::find(kAllStates, name, &name_of);
  return found == kAllStates.end() ? std::nullopt : std::optional(*found);
}

}  // namespace offline_cache
