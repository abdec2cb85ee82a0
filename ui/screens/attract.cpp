// Nobody has been here for a while: one calm page that says how to begin, in two languages. It stands still; so that nothing
// burns in, everything on it stands somewhere else every few minutes.
#include "ui/screens/attract.h"

#include <array>

#include "ui/screens/card_place.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kShift = 4.0;            // mm
constexpr double kRoomForEmblem = 130.0;  // mm
constexpr std::array<std::pair<int, int>, 8> kPlaces{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}}};

Box shifted(const Page& page, const Box& box) {
  const int turn = (page.now.hour * 60 + page.now.minute) / static_cast<int>(kInPlace.count());
  const auto& [x, y] = kPlaces[static_cast<std::size_t>(turn) % kPlaces.size()];
  const int by = page.kit.px(kShift);
  return {box.x + x * by, box.y + y * by, box.w, box.h};
}

// In the language of the page, and in English for who cannot read it.
std::string both(const Page& page) {
  const std::string english = "Touch here to begin";
  const std::string own = page.words.text("Touch here to begin");
  return own == english ? own : own + "\n" + english;
}

}  // namespace

void attract_screen(Page& page) {
  Kit& kit = page.kit;
  kit.fill(kit.canvas(), theme::kPaper);
  const Box area = shifted(page, kit.canvas().inset(kit.px(kMargin + kShift)));
  const kiosk::Hall& hall = page.visit.hall;
  const TextLook name{kit.measures().strong, true, Align::centre, theme::kInk2, 1.3};
  const TextLook call{kit.measures().title * 1.4, true, Align::centre, theme::kInk, 1.3};
  const CardPlace place = card_place(page);
  const int name_h = kit.px(kit.measures().strong * 2.0);
  const int panel_h = std::min(card_place_height(kit, place, area.w), area.h * 9 / 20);
  const int room = area.h - name_h - panel_h;
  const int emblem_h = room > kit.px(kRoomForEmblem) ? std::min(kit.px(80.0), room / 3) : 0;
  kit.say({area.x, area.y, area.w, name_h}, "hall", page.words.language.starts_with("zh") ? hall.name_zh : hall.name_en, name);
  const int panel_y = area.bottom() - panel_h;
  draw_card_place(kit, {area.x, panel_y, area.w, panel_h}, place);
  const int call_top = area.y + name_h + emblem_h;
  const int call_h = panel_y - call_top - kit.gap();
  if (emblem_h > 0) emblem(kit, {area.x, area.y + name_h, area.w, emblem_h}, "hand-pointing-right", theme::kJade);
  kit.say({area.x, call_top, area.w, call_h}, "title", both(page), call, Role::heading);
}

}  // namespace ui
