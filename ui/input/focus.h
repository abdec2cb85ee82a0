// Where the keys are on a page: one node, by id. Walks in reading order, wraps at both ends, is never trapped; moving it
// changes nothing else (EN 301 549 5.5.2, 5.1.6.2).
#pragma once

#include <string>

#include "ui/kit/semantic_tree.h"

namespace ui {

enum class Walk : std::uint8_t {
  everything,  // for the ear: also what can only be read
  pressable,   // for the eye and for switches
};

class Focus {
 public:
  const std::string& id() const { return id_; }
  void leave() { id_.clear(); }
  void put(std::string id) { id_ = std::move(id); }
  // To the next (by = 1) or the one before (by = -1). Without a focus: the first or the last.
  void move(const SemanticTree& tree, int by, Walk walk);
  // The focused node; null when there is none, or the page no longer has it (the focus then leaves).
  const SemanticNode* node(const SemanticTree& tree);

 private:
  std::string id_;
};

}  // namespace ui
