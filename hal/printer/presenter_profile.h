// What a mechanism can do that holds the cut ticket at its mouth, as data: the same maker gives one opcode two meanings
// (GS e 2 retracts on one model and starts the motor on another), so nothing here is inferred. Source: facts §1.4.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace hal {

using CommandBytes = std::vector<std::uint8_t>;

// One condition in a status of several bytes; `byte` counts from 1 as manuals do. Mask 0: not reported.
struct StatusByteBit {
  std::uint8_t byte = 1;
  std::uint8_t mask = 0;
};

// The answer to `query`: `length` bytes that begin with `header`. Custom: 10 04 14 → 10 0F and four more.
struct FullStatus {
  CommandBytes query;   // real-time: answered at once
  CommandBytes header;  // two bytes that no automatic status begins with
  std::uint8_t length = 0;
  StatusByteBit ticket_waiting;  // at the mouth, to be taken
  StatusByteBit paper_jam;
  StatusByteBit paper_end;
  StatusByteBit paper_near_end;
  StatusByteBit cover_open;
  StatusByteBit cutter_error;
  StatusByteBit unrecoverable;
  StatusByteBit overheated;
};

// Some draw the ticket back by themselves after a time they were told: command and one byte of `unit`s.
struct AutoRetract {
  CommandBytes command;
  std::chrono::milliseconds unit{1'000};
};

struct Presenter {
  CommandBytes present;  // offers the cut ticket; empty: it does so by itself
  CommandBytes retract;  // draws it back inside; empty: it cannot, or nobody knows how
  CommandBytes eject;    // lets go of it; empty: the same
  std::optional<AutoRetract> auto_retract;
  std::optional<FullStatus> status;       // nothing: no sensor that we can ask, so "taken" is never claimed
  std::chrono::seconds retract_after{0};  // a ticket nobody takes; 0: never
  std::chrono::seconds taken_within{60};  // so long a job waits to see its ticket taken
};

}  // namespace hal
