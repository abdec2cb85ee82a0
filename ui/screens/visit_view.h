#pragma once

#include <vector>

#include "kiosk/visit.h"

namespace ui {

// What a screen is drawn from: a visit as it stands. Converts from the visit; tests and the gallery fill it by hand.
struct VisitView {
  VisitView(const kiosk::Visit& visit);
  VisitView(const kiosk::VisitState& of, const kiosk::Hall& in, const std::vector<kiosk::ServiceDefinition>& offered)
      : state(of), hall(in), services(offered) {}

  const kiosk::VisitState& state;
  const kiosk::Hall& hall;
  const std::vector<kiosk::ServiceDefinition>& services;
  kiosk::Step step;
  const kiosk::Question* question = nullptr;  // while stage is question
  bool can_go_on = false;
  int digits_missing = 0;

  const kiosk::Session* session() const { return state.session ? &*state.session : nullptr; }
  const hal::Person* person() const { return state.session && state.session->person ? &*state.session->person : nullptr; }
  const kiosk::ServiceDefinition* service() const { return state.session ? state.session->service : nullptr; }
};

}  // namespace ui
