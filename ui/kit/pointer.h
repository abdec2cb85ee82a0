// One contact: a finger or a mouse button. Everything the screens know about input.
#pragma once

namespace ui {

struct PointerTransition {
  int x = 0;  // pixels of the surface
  int y = 0;
  bool down = false;  // whether the contact touches after this transition; a slide keeps it
};

// The end of a contact that means nothing: nowhere, so that nothing is released.
inline constexpr PointerTransition kLifted{-1'000'000, -1'000'000, false};

}  // namespace ui
