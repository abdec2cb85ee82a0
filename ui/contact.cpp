#include "ui/contact.h"

namespace ui {

void Contact::down(std::int64_t who, int x, int y, std::vector<PointerTransition>& to) {
  if (active_) return;
  active_ = who;
  to.push_back({x, y, true});
}

void Contact::move(std::int64_t who, int x, int y, std::vector<PointerTransition>& to) {
  if (active_ != who) return;
  // Of a slide only the last known place matters; the touch-down before it must stay.
  static constexpr std::size_t kDownAndMove = 2;
  if (to.size() >= kDownAndMove && to.back().down && to[to.size() - kDownAndMove].down) to.pop_back();
  to.push_back({x, y, true});
}

void Contact::up(std::int64_t who, int x, int y, std::vector<PointerTransition>& to) {
  if (active_ != who) return;
  active_.reset();
  to.push_back({x, y, false});
}

}  // namespace ui
