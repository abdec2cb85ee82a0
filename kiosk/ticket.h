// The paper of a queue number. Nothing on it is about a person.
#pragma once

#include "hal/print_document.h"
#include "kiosk/moment.h"
#include "kiosk/visit.h"

namespace kiosk {

inline constexpr double kTicketDigitHeight = 20.0;  // mm at least (facts: accessibility A59), where the paper is wide enough

// Needs ticket.given. The number of people ahead is printed only when it is known; a reprint is marked as a copy.
hal::PrintDocument ticket_document(const Hall& hall, const VisitTicket& ticket, bool copy, const Moment& now,
                                   const Language& language, const Translations& translations);
std::string ticket_qr(const offline_cache::Ticket& ticket);  // "A017": what a counter scans (hal/scanner/payload.h)
// "6 people before you", or empty when it is not known.
std::string people_ahead(const VisitTicket& ticket, const Language& language, const Translations& translations);

}  // namespace kiosk
