#pragma once

#include <functional>
#include <vector>

#include "ui/screens/page.h"

namespace ui {

struct TileAct {
  Tile tile;
  std::function<void()> act;
};

// In as many columns as leave each tile wide enough for its words, at most `most`.
void add_tiles(Page& page, Flow& flow, const std::vector<TileAct>& tiles, int most);

}  // namespace ui
