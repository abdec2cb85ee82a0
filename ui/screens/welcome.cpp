#include "ui/screens/card_place.h"
#include "ui/screens/screens.h"
#include "ui/screens/tiles.h"

namespace ui {
namespace {

std::vector<TileAct> ways(Page& page) {
  const int count = static_cast<int>(page.visit.services.size());
  const bool low = page.kit.landscape() && page.visit.state.text_step >= kiosk::TextStep::large;  // no room for a second line
  const std::string offered = low ? std::string() : page.words.plural("{n} service", "{n} services", count);
  return {
      {{"browse", page.words.text("What can I do here?"), offered, "view-grid", theme::kJade, false},
       [&page] { page.emit(kiosk::BrowseServices{}); }},
      {{"help", page.words.text("Ask for help"), page.words.text("Where to find a person"), "bell-ring", theme::kLantern, true},
       [&page] { page.emit(kiosk::OpenHelp{}); }}};
}

void add_privacy(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const Paragraph spec{"privacy",
                       page.words.text("We read your name and number only for your application. All is cleared when you leave."),
                       {kit.measures().hint, false, typeset::Align::left, theme::kInk2, 1.5}};
  flow.item(paragraph_height(kit, spec, flow.width()), kit.gap(), [&kit, spec](const Box& box) { paragraph(kit, box, spec); });
}

void add_intake(Page& page, Flow& flow) {
  const auto& intake = page.visit.state.intake;
  if (!intake.open && intake.failure) add_notice(page, flow, failure_notice(page, *intake.failure));
}

std::string lead(const Page& page) {
  const bool ready = page.visit.state.reader.state == hal::DeviceState::online;
  return ready ? page.words.text("Lay your ID card down: nothing to type. Or touch a field.") : page.words.text("Touch a field.");
}

void add_card_place(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const CardPlace place = card_place(page);
  flow.elastic_item(card_place_height(kit, place, flow.width()), kit.gap(), 0,
                    [&kit, place](const Box& box) { draw_card_place(kit, box, place); });
}

// Landscape: the card's place and the ways in stand side by side, as one item.
// False, and nothing is added, when they would be higher than a page.
bool add_side_by_side(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const int gap = kit.gap();
  const CardPlace place = card_place(page);
  const int left = (flow.width() - gap) * 11 / 20;
  const int right = flow.width() - gap - left;
  int tiles = -gap;
  int least_tiles = -gap;
  for (const TileAct& way : ways(page)) {
    tiles += tile_height(kit, way.tile, right) + gap;
    least_tiles += least_tile_height(kit, way.tile, right) + gap;
  }
  if (std::max(least_card_place_height(kit, place, left), least_tiles) + gap > flow.room()) return false;
  const int height = std::max(card_place_height(kit, place, left), tiles);
  flow.elastic_item(height, gap, 0, [=, &kit, &page](const Box& box) {
    draw_card_place(kit, {box.x, box.y, left, box.h}, place);
    const int each = (box.h - gap) / 2;
    int y = box.y;
    for (const TileAct& way : ways(page)) {
      if (tile(kit, {box.x + left + gap, y, right, each}, way.tile)) way.act();
      y = box.bottom() - each;
    }
  });
  return true;
}

}  // namespace

void welcome_screen(Page& page) {
  const Box area = frame_page(page, Footer{std::nullopt, false, true, std::nullopt});
  draw_flow(page, area, [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Hello. What would you like to do?"));
    const bool largest = page.visit.state.text_step == kiosk::TextStep::largest;
    if (!page.kit.landscape() && !largest) add_lead(page, flow, "lead", lead(page));  // the panel says it; its lines are needed
    add_visit_notice(page, flow);
    add_intake(page, flow);
    const bool side = page.kit.landscape() && !largest;
    if (!side || !add_side_by_side(page, flow)) {
      add_card_place(page, flow);
      add_tiles(page, flow, ways(page), 2);
    }
    add_privacy(page, flow);
  });
}

}  // namespace ui
