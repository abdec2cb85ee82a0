// Which target a finger means that touches beside it (facts: accessibility §2.2).
#pragma once

#include "ui/kit/semantic_tree.h"

namespace ui {

inline constexpr double kSnap = 5.0;         // mm outwards
inline constexpr double kEquallyNear = 1.0;  // mm of difference, below which nobody knows which one was meant

// The target at a place, else the nearest one within `reach` pixels unless another is as near within `doubt` pixels. Null for
// none, and inside a field, where a finger writes.
const SemanticNode* aimed_at(const SemanticTree& tree, int x, int y, int reach, int doubt);

}  // namespace ui
