#include "ui/screens/tiles.h"

namespace ui {
namespace {

// Millimetres a tile needs at each text step.
constexpr double kTileWidths[] = {100.0, 112.0, 150.0, 200.0};

}  // namespace

void add_tiles(Page& page, Flow& flow, const std::vector<TileAct>& tiles, int most) {
  Kit& kit = page.kit;
  const int gap = kit.gap();
  const int least = kit.px(kTileWidths[static_cast<std::size_t>(page.visit.state.text_step)]);
  const int columns = std::clamp((flow.width() + gap) / (least + gap), 1, most);
  std::vector<GridItem> items;
  for (const TileAct& each : tiles)
    items.push_back({[&kit, each](int width) { return tile_height(kit, each.tile, width); },
                     [&kit, each](const Box& box) {
                       if (tile(kit, box, each.tile)) each.act();
                     },
                     true});
  add_grid(page, flow, columns, items);
}

}  // namespace ui
