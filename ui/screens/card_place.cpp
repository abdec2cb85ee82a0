#include "ui/screens/card_place.h"

namespace ui {
namespace {

CardPlace unusable(const Page& page) {
  const hal::DeviceHealth& reader = page.visit.state.reader;
  CardPlace place;
  if (reader.state == hal::DeviceState::starting && !reader.failure) {
    place.notice = {"notice/reader",
                    NoticeKind::information,
                    "timer-sand",
                    page.words.text("The card reader is starting"),
                    page.words.text("One moment, please."),
                    {}};
    return place;
  }
  place.notice = failure_notice(page, reader.failure.value_or(base::Failure::card_no_reader));
  place.notice.id = "notice/reader";
  return place;
}

}  // namespace

CardPlace card_place(const Page& page) {
  if (page.visit.state.reader.state != hal::DeviceState::online) return unusable(page);
  CardPlace place;
  place.usable = true;
  if (page.visit.state.card_on_plate && page.visit.person() == nullptr)
    place.panel = {page.words.text("Reading your card"), page.words.text("Please let it lie until the picture changes."), {}};
  else
    place.panel = {page.words.text("Lay your ID card down"), page.words.text("Flat on the lit plate, lower right"),
                   page.words.text("Here")};
  return place;
}

void draw_card_place(Kit& kit, const Box& box, const CardPlace& place) {
  if (place.usable)
    card_panel(kit, box, place.panel);
  else
    notice(kit, box, place.notice);
}

int card_place_height(Kit& kit, const CardPlace& place, int width) {
  return place.usable ? card_panel_height(kit, place.panel, width) : notice_height(kit, place.notice, width);
}

int least_card_place_height(Kit& kit, const CardPlace& place, int width) {
  return place.usable ? least_card_panel_height(kit, place.panel, width) : least_notice_height(kit, place.notice, width);
}

}  // namespace ui
