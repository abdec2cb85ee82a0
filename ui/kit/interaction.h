// The only door to Dear ImGui: hit testing, "activated on release inside the same target", and the display list.
// A context works without window or GPU; it is destroyed and made anew when a visit ends.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "ui/kit/pointer.h"
#include "ui/kit/quad.h"

namespace ui {

class Interaction {
 public:
  Interaction();
  ~Interaction();
  Interaction(const Interaction&) = delete;
  Interaction& operator=(const Interaction&) = delete;

  // One frame: begin, any number of draws and targets, end. `pointer` is its state in this frame; a pointer that is up
  // and was up before is nowhere.
  void begin(int width, int height, const PointerTransition& pointer);
  void fill(const Box& box, Colour colour);
  void image(const Box& box, const Image& image, int u, int v, Colour colour);

  struct Touch {
    bool activated = false;  // released inside the target it went down in
    bool held = false;       // down, and still inside
  };
  Touch target(std::string_view id, const Box& box);
  std::vector<Quad> end();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace ui
