// Keys in rows, each large enough for a finger (kSmallestTarget) on every panel: what has no room goes to a next page of
// keys behind a "More" key, as items of a page do.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ui/screens/page.h"

namespace ui {

struct GridKey {
  std::string id;
  std::string label;
  std::string icon;  // empty = none
  std::function<void()> act;
};

// `columns` where they fit; more of them where the room is low, fewer where it is narrow. `tail` is on every page.
void key_pages(Page& page, const Box& box, int columns, const std::vector<GridKey>& keys, const std::vector<GridKey>& tail);

// Pixels for `count` keys on one page, `each` mm high, in a box `width` wide and at most `room` high.
int key_rows_height(const Kit& kit, int columns, int count, int width, int room, double each);

}  // namespace ui
