// Taking a queue number: which window, the number, its paper.
#include <algorithm>

#include "kiosk/visit.h"

namespace kiosk {

void Visit::on(OpenWindows) {
  if (state_.stage != Stage::welcome && state_.stage != Stage::services) return;
  const auto& offered = services();
  if (std::none_of(offered.begin(), offered.end(), [](const auto& service) { return service.ticket.has_value(); })) return;
  if (!state_.session) state_.session.emplace();
  enter(Stage::windows);
}

// One press gives the number: nothing is asked, nothing of the card is used.
void Visit::take_ticket(const ServiceDefinition& service) {
  if (state_.audit) return refuse_intake();
  forget_application();
  state_.session->ticket = VisitTicket{ids_.next(), &service, std::nullopt, std::nullopt};
  enter(Stage::ticket);
  waiting_since_ = now_.instant;
  commands_.emplace_back(IssueTicket{state_.session->ticket->id, service.ticket->series});
}

bool Visit::awaits_number() const { return state_.stage == Stage::ticket && !state_.session->ticket->given; }

bool Visit::awaits_ticket(const base::Uuid& id) const { return awaits_number() && state_.session->ticket->id == id; }

void Visit::on(const offline_cache::RegistrarEvent& event) {
  std::visit([this](const auto& happened) { on(happened); }, event);
}

void Visit::on(const offline_cache::TicketIssued& issued) {
  if (!awaits_ticket(issued.ticket.id)) return;
  state_.session->ticket->given = issued.ticket;
  state_.session->ticket->ahead = issued.ahead;
  last_sign_ = now_.instant;
  close_overlay();
  print();
}

void Visit::on(const offline_cache::TicketFailed& failed) {
  if (!awaits_ticket(failed.id)) return;
  last_sign_ = now_.instant;
  state_.session->ticket.reset();
  enter(Stage::windows);
  state_.notice = failed.failure;
}

// A number that comes later is a gap: nobody has its paper.
void Visit::give_up_ticket() { on(offline_cache::TicketFailed{state_.session->ticket->id, base::Failure::ticket_unavailable}); }

// Between visits only: a running visit keeps what it began with.
void Visit::adopt_offer() {
  if (!next_offer_) return;
  offer_ = std::move(next_offer_);
  state_.notices = offer_->notices;
}

}  // namespace kiosk
