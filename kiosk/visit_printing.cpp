// The receipt page and its paper.
#include "kiosk/receipt.h"
#include "kiosk/ticket.h"
#include "kiosk/visit.h"

namespace kiosk {

void Visit::enter_receipt() {
  enter(Stage::receipt);
  close_overlay();
  last_sign_ = now_.instant;
  print();
}

void Visit::print() {
  auto& session = *state_.session;
  session.earlier_paper =
      session.earlier_paper || session.print == PrintProgress::printed || session.print == PrintProgress::unknown;
  session.copy = session.earlier_paper;
  const auto& printer = state_.printer;
  if (printer.state == hal::DeviceState::no_device || hal::is_faulted(printer.state)) {
    const bool absent = printer.state == hal::DeviceState::no_device;
    session.print = PrintProgress::not_printed;
    session.print_failure =
        printer.failure.value_or(absent ? base::Failure::print_no_printer : base::Failure::print_out_of_service);
    return;
  }
  session.print = PrintProgress::printing;
  session.print_failure.reset();
  waiting_since_ = now_.instant;
  auto document = state_.stage == Stage::ticket
                      ? ticket_document(hall_, *session.ticket, session.copy, now_, state_.language, translations_)
                      : receipt_document(hall_, session, now_, state_.language, translations_);
  commands_.emplace_back(Print{++last_job_, std::move(document)});
}

void Visit::on(PrintAgain) {
  if (on_paper() && !awaits_number() && state_.session->print != PrintProgress::printing) print();
}

void Visit::on(PaperIsHere) {
  if (!on_paper() || state_.session->print != PrintProgress::unknown) return;
  state_.session->print = PrintProgress::printed;
  state_.session->print_failure.reset();
}

void Visit::on(const hal::PrinterEvent& event) {
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event))
    printer_is(*health);
  else if (const auto* finished = std::get_if<hal::PrintFinished>(&event); finished != nullptr && !test_page_finished(*finished))
    on(*finished);
}

// Only a hand takes paper.
void Visit::printer_is(const hal::DeviceHealth& printer) {
  const bool taken = printer.media == hal::Media::taken && state_.printer.media != hal::Media::taken;
  state_.printer = printer;
  if (!taken) return;
  last_sign_ = now_.instant;
  if (state_.overlay == Overlay::still_there) answer_overlay();
  state_.paper_to_take = false;
}

void Visit::on(const hal::PrintFinished& finished) {
  if (!on_paper() || finished.job != last_job_) return;
  auto& session = *state_.session;
  const bool late = session.print == PrintProgress::unknown;  // after the patience ended; knowing is better
  if (session.print != PrintProgress::printing && !late) return;
  last_sign_ = now_.instant;
  session.print_failure = finished.failure;
  switch (finished.outcome) {
    case hal::PrintOutcome::confirmed:
      session.print = PrintProgress::printed;
      return;
    case hal::PrintOutcome::not_printed:
      session.print = PrintProgress::not_printed;
      return;
    case hal::PrintOutcome::unknown:
      session.print = PrintProgress::unknown;
      break;
  }
  if (!session.print_failure) session.print_failure = base::Failure::print_outcome_unknown;
}

bool Visit::paper_came_out() const {
  const auto& session = *state_.session;
  if (session.print == PrintProgress::printing) return true;
  const bool on_paper =
      session.earlier_paper || session.print == PrintProgress::printed || session.print == PrintProgress::unknown;
  return on_paper && state_.printer.media != hal::Media::taken;
}

void Visit::give_up_printer() {
  last_sign_ = now_.instant;
  state_.session->print = PrintProgress::unknown;
  state_.session->print_failure = base::Failure::print_no_answer;
}

}  // namespace kiosk
