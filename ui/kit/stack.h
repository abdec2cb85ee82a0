// Texts one below the other that share a height: where it is too low, all of them are set smaller, so that none is left without
// room.
#pragma once

#include <string_view>
#include <vector>

#include "ui/kit/kit.h"

namespace ui {

struct StackedText {
  std::string_view text;  // empty: takes no room
  TextLook look;
  int height = 0;  // pixels; what it gets
};
// Sets looks and heights, which come to no more than `room`.
void stack(Kit& kit, std::vector<StackedText>& texts, int width, int room);
// The same, and draws them in the middle of the box.
void draw_stack(Kit& kit, const Box& box, std::vector<StackedText> texts);
// What they want, in pixels.
int stack_height(Kit& kit, const std::vector<StackedText>& texts, int width);
// What they need, at the smallest size.
int least_stack_height(Kit& kit, const std::vector<StackedText>& texts, int width);

}  // namespace ui
