#include "ui/screens/ticket_scenes.h"

#include <algorithm>

#include "ui/screens/gallery.h"

namespace ui {
namespace {

using kiosk::PrintProgress;
using kiosk::Stage;
using kiosk::VisitState;

VisitState with_ticket(VisitState state, const kiosk::ServiceDefinition& service, bool given, PrintProgress print) {
  state.session->ticket = kiosk::VisitTicket{{}, &service, std::nullopt, std::nullopt};
  state.session->print = print;
  if (!given) return state;
  offline_cache::Ticket ticket;
  ticket.label = "A017";
  ticket.issued = gallery_moment().wall;
  state.session->ticket->given = ticket;
  state.session->ticket->ahead = 6;
  return state;
}

}  // namespace

std::vector<std::pair<std::string, VisitState>> ticket_scenes(const std::vector<kiosk::ServiceDefinition>& services,
                                                              const std::function<VisitState(Stage)>& begin) {
  const auto window = std::ranges::find_if(services, [](const auto& service) { return service.ticket.has_value(); });
  if (window == services.end()) return {};
  VisitState no_paper = with_ticket(begin(Stage::ticket), *window, true, PrintProgress::not_printed);
  no_paper.session->print_failure = base::Failure::print_no_paper;
  std::vector<std::pair<std::string, VisitState>> scenes;
  scenes.emplace_back("windows", begin(Stage::windows));
  scenes.emplace_back("ticket-waiting", with_ticket(begin(Stage::ticket), *window, false, PrintProgress::none));
  scenes.emplace_back("ticket-printing", with_ticket(begin(Stage::ticket), *window, true, PrintProgress::printing));
  scenes.emplace_back("ticket-no-paper", std::move(no_paper));
  return scenes;
}

}  // namespace ui
