#include "ui/input/focus.h"

#include <algorithm>

namespace ui {
namespace {

bool stops_at(const SemanticNode& node, Walk walk) {
  if (node.decorative) return false;
  return walk == Walk::everything || (node.interactive() && !node.disabled);
}

}  // namespace

void Focus::move(const SemanticTree& tree, int by, Walk walk) {
  std::vector<const SemanticNode*> order = tree.reading_order();
  // Where the focus is counts even when this walk would not stop there.
  std::erase_if(order, [&](const SemanticNode* node) { return !stops_at(*node, walk) && node->id != id_; });
  if (order.empty()) return leave();
  const auto count = static_cast<int>(order.size());
  const auto found = std::ranges::find(order, id_, [](const SemanticNode* node) { return node->id; });
  int at = found == order.end() ? (by > 0 ? -1 : count) : static_cast<int>(found - order.begin());
  for (int steps = 0; steps < count; ++steps) {
    at = (at + by + count) % count;
    if (stops_at(*order[static_cast<std::size_t>(at)], walk)) break;
  }
  id_ = order[static_cast<std::size_t>(at)]->id;
}

const SemanticNode* Focus::node(const SemanticTree& tree) {
  const SemanticNode* found = id_.empty() ? nullptr : tree.by_id(id_);
  if (found == nullptr) leave();
  return found;
}

}  // namespace ui
