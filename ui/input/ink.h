// What a finger draws: strokes in the pixels of one pad. Overwritten when cleared.
#pragma once

#include <vector>

#include "kiosk/signature.h"
#include "ui/kit/kit.h"

namespace ui {

class Ink {
 public:
  ~Ink() { clear(); }
  const std::vector<kiosk::Stroke>& strokes() const { return strokes_; }
  bool empty() const { return strokes_.empty(); }
  bool drawing() const { return drawing_; }

  void move(kiosk::InkPoint to);  // begins a stroke, or goes on with it
  void lift();                    // ends it
  void undo();                    // takes the last one back
  void clear();

 private:
  std::vector<kiosk::Stroke> strokes_;
  bool drawing_ = false;
};

// A large field to draw on. Points are relative to the box. True when a stroke was ended in this frame.
bool ink_pad(Kit& kit, const Box& box, std::string_view id, std::string_view label, Ink& ink);
// A line through the points, `width` pixels wide, relative to `box` and inside it.
void draw_stroke(Kit& kit, const Box& box, const kiosk::Stroke& stroke, int width);

}  // namespace ui
