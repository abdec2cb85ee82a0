// One resident's visit as a pure state machine: (state, event, moment) → (state, commands). No I/O, no clock of its own, no
// thread: the same events give the same visit.
//
//   welcome ─card→ services ─choose→ question… → check ─submit→ saving ─Saved→ receipt ─done→ take_card → wiped → welcome
//      └─browse→ services ─choose→ identify ─card→ ┘         any stage ─start over, inactivity, other card→ wiped
//
// Inactivity: after kInactivity without a sign of the resident the visit asks; without an answer in kTimeToAnswer it
// wipes. Nothing else times out on a person. While the machine works (saving, printing) time does not count.
// A lifted card asks the same question at once. The receipt stage is reached only from a Saved of this application's id.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/uuid.h"
#include "kiosk/command.h"
#include "kiosk/event.h"
#include "kiosk/moment.h"
#include "kiosk/translations.h"
#include "kiosk/visit_state.h"

namespace kiosk {

inline constexpr std::chrono::seconds kInactivity{180};           // VVSG 7.2-O: 2 to 5 minutes
inline constexpr std::chrono::seconds kTimeToAnswer{45};          // VVSG 7.2-O: 20 to 45 seconds
inline constexpr std::chrono::seconds kGoodbye{8};                // how long "everything is cleared" stands, unless touched
inline constexpr std::chrono::milliseconds kWaitForOffice{3000};  // after Saved, with the link up, for "received, number N"

// What does not change while the program runs.
struct Hall {
  std::string name_zh, name_en;  // on the header and on paper
  std::string terminal;          // "HP-03"
  std::string hotline;           // shown in help and on paper; may be empty
  Language default_language = "zh";
};

class Visit {
 public:
  // All references outlive the visit.
  Visit(const Hall& hall, const std::vector<ServiceDefinition>& services, const Translations& translations,
        base::UuidSource& ids);

  Commands handle(Event event, const Moment& now);
  // Commands that bring the devices in line with the first state; called once at start.
  Commands start();

  const VisitState& state() const { return state_; }
  const Hall& hall() const { return hall_; }
  const std::vector<ServiceDefinition>& services() const { return services_; }
  // When TimePassed is due; nothing = never. At most once a second, and only while something counts.
  std::optional<base::Instant> deadline() const;

  Step step() const;                         // while question or check
  const Question* current_question() const;  // null unless stage is question
  bool can_go_on() const;                    // Next would accept the current selection or digits
  int digits_missing() const;                // of the current digits question; 0 when enough

 private:
  const Hall& hall_;
  const std::vector<ServiceDefinition>& services_;
  const Translations& translations_;
  base::UuidSource& ids_;
  VisitState state_;
  // The rest is the implementer's.
};

}  // namespace kiosk
