#include "ui/screens/key_pages.h"

namespace ui {
namespace {

struct KeyGrid {
  int columns, rows;
  int cells() const { return columns * rows; }
};

int how_many(const Kit& kit, int pixels) {
  const int gap = kit.gap();
  return std::max(1, (pixels + gap) / (kit.px(kit.least_target()) + gap));
}

int rows_of(int count, int columns) { return (count + columns - 1) / columns; }

KeyGrid key_grid(const Kit& kit, int columns, int count, int width, int height) {
  const KeyGrid room{how_many(kit, width), how_many(kit, height)};
  if (room.cells() < count) return room;
  columns = std::min(columns, room.columns);
  if (rows_of(count, columns) > room.rows) columns = rows_of(count, room.rows);
  return {columns, rows_of(count, columns)};
}

// Cells in reading order, the same gap everywhere.
Box cell(const Kit& kit, const Box& box, const KeyGrid& grid, int index) {
  const int gap = kit.gap();
  const int w = (box.w - (grid.columns - 1) * gap) / grid.columns;
  const int h = (box.h - (grid.rows - 1) * gap) / grid.rows;
  return {box.x + index % grid.columns * (w + gap), box.y + index / grid.columns * (h + gap), w, h};
}

}  // namespace

void key_pages(Page& page, const Box& box, int columns, const std::vector<GridKey>& keys, const std::vector<GridKey>& tail) {
  const auto count = static_cast<int>(keys.size());
  const auto last = static_cast<int>(tail.size());
  const KeyGrid grid = key_grid(page.kit, columns, count + last, box.w, box.h);
  const bool paged = grid.cells() < count + last;
  const int each = paged ? std::max(1, grid.cells() - last - 1) : count;
  const int pages = rows_of(count, each);
  const int at = paged ? page.memory.page % pages : 0;
  const int first = at * each;
  int place = 0;
  const auto draw = [&](const GridKey& spec) {
    return key(page.kit, cell(page.kit, box, grid, place++), spec.id, spec.label, spec.icon);
  };
  const GridKey* pressed = nullptr;
  for (int i = first; i < std::min(count, first + each); ++i)
    if (draw(keys[static_cast<std::size_t>(i)])) pressed = &keys[static_cast<std::size_t>(i)];
  if (paged) place = grid.cells() - last - 1;  // the last page may be shorter; these keys stay where they are
  const std::string more = page.words.text("More") + " " + std::to_string(at + 1) + "/" + std::to_string(pages);
  if (paged && draw({"keys/more", more, "arrow-down-bold", {}})) {
    page.memory.page = (at + 1) % pages;
    page.emit(kiosk::Touched{});
  }
  for (const GridKey& spec : tail)
    if (draw(spec)) pressed = &spec;
  if (pressed != nullptr) pressed->act();
}

int key_rows_height(const Kit& kit, int columns, int count, int width, int room, double each) {
  const int rows = key_grid(kit, columns, count, width, room).rows;
  return rows * kit.px(each) + (rows - 1) * kit.gap();
}

}  // namespace ui
