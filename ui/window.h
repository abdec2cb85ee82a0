// The window on the panel: pixels out, one contact in. Plain software surface: no renderer, no GL driver in the process
// (facts: performance §8.1), and only changed rectangles are sent to the display.
//
// One thread, except wake().
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ui/input/keys.h"
#include "ui/kit/pointer.h"
#include "ui/kit/surface.h"

namespace ui {

enum class WindowMode : std::uint8_t { windowed, fullscreen };

struct WindowInput {
  std::vector<PointerTransition> pointer;  // in order
  std::vector<KeyPress> keys;              // in order
  bool repaint = false;                    // the surface lost its pixels or changed its size: ask surface() again
  bool closed = false;                     // the user or the session wants the program to end
  bool touch_needs_a_look = false;         // Contact::needs_a_look()
};

class Window {
 public:
  // screen_unavailable when no display answers. The window may come out in another size: ask surface().
  static base::Result<std::unique_ptr<Window>> open(const std::string& title, int width, int height, WindowMode mode);
  // As open(), with the size chosen once the display is known: `size_for` gets the part that a window may cover.
  using SizeFor = std::function<Box(const Box& usable)>;
  static base::Result<std::unique_ptr<Window>> open_fitted(const std::string& title, const SizeFor& size_for);
  virtual ~Window() = default;

  // Valid until the next wait(). Without width and height when the display gives none; ask again later.
  virtual Surface surface() = 0;
  // Shows these parts of the surface; nothing when empty.
  virtual void present(std::span<const Box> changed) = 0;
  // Sleeps until input, wake() or the end of `patience` (nothing = for ever); then returns all input that is there.
  virtual WindowInput wait(std::optional<std::chrono::milliseconds> patience) = 0;
  // Ends a wait. Any thread.
  virtual void wake() = 0;
};

}  // namespace ui
