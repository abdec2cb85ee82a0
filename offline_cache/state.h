// The states of an application and the only ways between them. The database is given this table as a trigger, so that no
// statement, ours or anybody's, can take another way (offline_cache/sqlite/schema.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace offline_cache {

// The numbers are what is stored.
enum class State : std::uint8_t { queued = 1, in_flight, acknowledged, rejected, held, tombstone };
inline constexpr int kStates = 6;
inline constexpr std::array<State, kStates> kAllStates{State::queued,   State::in_flight, State::acknowledged,
                                                       State::rejected, State::held,      State::tombstone};

struct Transition {
  State from, to;
  std::string_view why;
};
std::span<const Transition> transitions();

bool legal(State from, State to);

// The states in which the office does not have it yet and the payload is kept.
constexpr bool has_payload(State state) { return state != State::acknowledged && state != State::tombstone; }

std::string_view name_of(State state);  // "QUEUED"; stable, for tables, exports and whoever asks
std::optional<State> find_state(std::string_view name);

}  // namespace offline_cache
