#include "kiosk/ticket.h"

#include "kiosk/date_text.h"

namespace kiosk {

std::string ticket_qr(const offline_cache::Ticket& ticket) { return ticket.label; }

std::string people_ahead(const VisitTicket& ticket, const Language& language, const Translations& translations) {
  if (!ticket.ahead) return {};
  return translations.plural("{n} person before you", "{n} people before you", *ticket.ahead, language);
}

hal::PrintDocument ticket_document(const Hall& hall, const VisitTicket& ticket, bool copy, const Moment& now,
                                   const Language& language, const Translations& translations) {
  const auto text = [&](std::string_view msgid) { return translations.text(msgid, language); };
  const offline_cache::Ticket& given = *ticket.given;
  hal::PrintDocument document;
  document.language = language == "zh" ? "zh-Hans" : language;
  auto& blocks = document.blocks;
  const bool chinese = language == "zh" || hall.name_en.empty();
  blocks.emplace_back(hal::PrintHeading{chinese ? hall.name_zh : hall.name_en});
  blocks.emplace_back(hal::PrintText{text("Your queue number"), false, true});
  if (copy) blocks.emplace_back(hal::PrintText{text("Copy"), true, true});
  blocks.emplace_back(hal::PrintCode{given.label, kTicketDigitHeight});
  blocks.emplace_back(hal::PrintHeading{std::string(ticket.service->ticket->window.in(language))});
  blocks.emplace_back(hal::PrintRule{});
  blocks.emplace_back(hal::PrintField{text("Service"), std::string(ticket.service->title.in(language)), true});
  if (const auto ahead = people_ahead(ticket, language, translations); !ahead.empty())
    blocks.emplace_back(hal::PrintField{text("Waiting"), ahead, false});
  const auto issued = in_hall(given.issued, now);
  blocks.emplace_back(
      hal::PrintField{text("Time"), date_text(issued.date, language) + " " + time_text(issued.hour, issued.minute), false});
  blocks.emplace_back(hal::PrintField{text("Terminal"), hall.terminal, false});
  blocks.emplace_back(hal::PrintRule{});
  blocks.emplace_back(hal::PrintQr{ticket_qr(given), {text("Please wait until"), text("your number is called.")}});
  return document;
}

}  // namespace kiosk
