// Makes one contact out of a mouse and any number of fingers: the first that touches counts until it lifts.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ui/kit/pointer.h"

namespace ui {

class Contact {
 public:
  static constexpr std::int64_t kMouse = -1;  // fingers have the ids SDL gives them, never negative

  void down(std::int64_t who, int x, int y, std::vector<PointerTransition>& to);
  void move(std::int64_t who, int x, int y, std::vector<PointerTransition>& to);
  void up(std::int64_t who, int x, int y, std::vector<PointerTransition>& to);

 private:
  std::optional<std::int64_t> active_;
};

}  // namespace ui
