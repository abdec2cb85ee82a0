#include "ui/screens/tiles.h"

namespace ui {
namespace {

// Millimetres a tile needs at each text step.
constexpr double kTileWidths[] = {100.0, 112.0, 150.0, 200.0};

}  // namespace

void add_tiles(Page& page, Flow& flow, const std::vector<TileAct>& tiles) {
  Kit& kit = page.kit;
  const int gap = kit.px(kGap);
  const int least = kit.px(kTileWidths[static_cast<std::size_t>(page.visit.state.text_step)]);
  const int columns = std::max(1, (flow.width() + gap) / (least + gap));
  const int width = (flow.width() - gap * (columns - 1)) / columns;
  const auto per_row = static_cast<std::size_t>(columns);
  for (std::size_t first = 0; first < tiles.size(); first += per_row) {
    const std::vector<TileAct> row(tiles.begin() + static_cast<std::ptrdiff_t>(first),
                                   tiles.begin() + static_cast<std::ptrdiff_t>(std::min(tiles.size(), first + per_row)));
    int height = 0;
    for (const TileAct& each : row) height = std::max(height, tile_height(kit, each.tile, width));
    flow.item(height, gap, [=, &kit](const Box& box) {
      int x = box.x;
      for (const TileAct& each : row) {
        if (tile(kit, {x, box.y, width, box.h}, each.tile)) each.act();
        x += width + gap;
      }
    });
  }
}

}  // namespace ui
