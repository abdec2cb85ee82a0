#include "ui/screens/status_scenes.h"

#include "ui/screens/gallery.h"

namespace ui {
namespace {

using kiosk::VisitState;

offline_cache::ApplicationStatus at_office(const kiosk::ServiceDefinition& service, offline_cache::OfficeState state, int day) {
  offline_cache::ApplicationStatus status;
  status.service = service.id;
  status.number = "2026-0000" + std::to_string(10 + day);
  status.where = offline_cache::ApplicationStatus::Where::at_office;
  status.state = state;
  status.since = gallery_moment().wall - std::chrono::days(day);
  return status;
}

offline_cache::ApplicationStatus waiting_here(const kiosk::ServiceDefinition& service) {
  offline_cache::ApplicationStatus status;
  status.service = service.id;
  status.receipt_code = "7K4-29M-6";
  return status;
}

offline_cache::StatusAnswer every_state(const std::vector<kiosk::ServiceDefinition>& services) {
  using enum offline_cache::OfficeState;
  offline_cache::StatusAnswer answer;
  answer.applications.push_back(waiting_here(services.front()));
  int day = 0;
  for (const auto state : {needs_action, in_progress, approved, refused, received, closed, forwarded, returned, withdrawn}) {
    const auto& service = services[static_cast<std::size_t>(day) % services.size()];
    answer.applications.push_back(at_office(service, state, ++day));
  }
  return answer;
}

VisitState answered(VisitState state, offline_cache::StatusAnswer answer) {
  state.session->earlier.by_paper = !state.session->person;
  state.session->earlier.answer = std::move(answer);
  return state;
}

}  // namespace

std::vector<StatusScene> status_scenes(const std::vector<kiosk::ServiceDefinition>& services,
                                       const std::function<VisitState(bool person)>& begin) {
  std::vector<StatusScene> scenes;
  scenes.push_back({"status", answered(begin(true), every_state(services)), 0});
  scenes.push_back({"status-none", answered(begin(true), {}), 0});
  offline_cache::StatusAnswer offline;
  offline.failure = base::Failure::net_unreachable;
  offline.applications = {waiting_here(services.front())};
  scenes.push_back({"status-offline", answered(begin(true), std::move(offline)), 0});
  scenes.push_back({"status-asking", begin(true), 0});
  scenes.back().state.session->earlier.asking = base::Uuid();
  scenes.push_back({"status-by-paper", begin(false), 0});
  offline_cache::StatusAnswer unknown;
  unknown.unknown_paper = true;
  scenes.push_back({"status-unknown-paper", answered(begin(false), std::move(unknown)), 0});
  scenes.push_back({"status-code", begin(false), 0});
  scenes.back().state.session->earlier.typing = true;
  scenes.back().state.session->typed = base::Secret("7K42");
  scenes.back().missing = static_cast<int>(kiosk::kReceiptSymbols) - 4;
  return scenes;
}

}  // namespace ui
