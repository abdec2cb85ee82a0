#include "ui/kit/stack.h"

#include <algorithm>

namespace ui {
namespace {

int measured(Kit& kit, std::vector<StackedText>& texts, int width) {
  int height = 0;
  for (StackedText& each : texts) {
    each.height = each.text.empty() ? 0 : kit.height_of(each.text, each.look, width);
    height += each.height;
  }
  return height;
}

// False when nothing can be smaller.
bool shrink(std::vector<StackedText>& texts) {
  bool smaller = false;
  for (StackedText& each : texts) {
    const double em = each.look.em;
    each.look.em = std::min(em, std::max(kSmallestText, em * kShrink));
    smaller = smaller || each.look.em < em;
  }
  if (smaller) return true;
  for (StackedText& each : texts) {
    smaller = smaller || each.look.spacing > kClosestLines;
    each.look.spacing = std::min(each.look.spacing, kClosestLines);
  }
  return smaller;
}

}  // namespace

void stack(Kit& kit, std::vector<StackedText>& texts, int width, int room) {
  int height = measured(kit, texts, width);
  while (height > room && shrink(texts)) height = measured(kit, texts, width);
  // The longest is shortened: a title or a code of one line stays whole.
  for (int excess = height - std::max(0, room); excess > 0;) {
    StackedText& longest = *std::ranges::max_element(texts, {}, &StackedText::height);
    const int cut = std::min(excess, longest.height);
    longest.height -= cut;
    excess -= cut;
  }
}

void draw_stack(Kit& kit, const Box& box, std::vector<StackedText> texts) {
  stack(kit, texts, box.w, box.h);
  int y = box.y + box.h;
  for (const StackedText& each : texts) y -= each.height;
  y = box.y + (y - box.y) / 2;
  for (const StackedText& each : texts) {
    kit.text({box.x, y, box.w, each.height}, each.text, each.look);
    y += each.height;
  }
}

int stack_height(Kit& kit, const std::vector<StackedText>& texts, int width) {
  std::vector<StackedText> all = texts;
  return measured(kit, all, width);
}

int least_stack_height(Kit& kit, const std::vector<StackedText>& texts, int width) {
  std::vector<StackedText> all = texts;
  for (StackedText& each : all) {
    each.look.em = kSmallestText;
    each.look.spacing = kClosestLines;
  }
  return measured(kit, all, width);
}

}  // namespace ui
