#include "ui/screens/aim.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

double distance(const Box& box, int x, int y) {
  const int dx = std::max({box.x - x, 0, x - (box.right() - 1)});
  const int dy = std::max({box.y - y, 0, y - (box.bottom() - 1)});
  return std::hypot(dx, dy);
}

}  // namespace

const SemanticNode* aimed_at(const SemanticTree& tree, int x, int y, int reach, int doubt) {
  const SemanticNode* nearest = nullptr;
  double least = reach + doubt;
  double second = least;
  for (const SemanticNode& node : tree.nodes()) {
    if (!node.interactive() && node.role != Role::field) continue;
    const double away = distance(node.box, x, y);
    if (away == 0) return node.interactive() ? &node : nullptr;
    if (!node.interactive()) continue;
    if (away < least) {
      second = least;
      least = away;
      nearest = &node;
    } else {
      second = std::min(second, away);
    }
  }
  return nearest != nullptr && least <= reach && second - least >= doubt ? nearest : nullptr;
}

}  // namespace ui
