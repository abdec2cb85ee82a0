// One text, shaped and broken into lines by Pango, with the line boxes of ours: every line is exactly
// line_spacing × em high whatever fonts it needed, and its hanzi stand in the middle of it.
//
// A paragraph of a script written downwards (stands_upright) becomes columns from left to right, as low as its width allows:
// to whoever places it, a block of some width and height like any other.
#pragma once

#include <pango/pangocairo.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "typeset/text.h"

namespace typeset {

struct GObjectReleaser {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GObjectPointer = std::unique_ptr<T, GObjectReleaser>;

// Mongolian (Manchu and Sibe with it) and Phags-pa, by the first letter that has a script, where there is a width to wrap at
// and the style does not forbid it; a single line lies, as other programs show it.
bool stands_upright(std::string_view text, const TextStyle& style);

class TextLayout {
 public:
  // `language` of the style must already be set on the context, and the gravity for stands_upright().
  TextLayout(PangoContext* context, std::string_view text, const TextStyle& style);
  ~TextLayout();  // overwrites the copies of the text that can be reached
  TextLayout(const TextLayout&) = delete;
  TextLayout& operator=(const TextLayout&) = delete;

  TextSize size() const;
  // How many characters no font has; they are drawn as 〓, the printer's mark for a missing type.
  int unknown_glyphs() const { return unknown_; }
  // The blocks of 256 code points those belong to, which tell nobody's name.
  const std::set<std::uint32_t>& unknown_blocks() const { return unknown_blocks_; }
  void draw(cairo_t* cairo, int width) const;

 private:
  int line_height() const;
  int baseline() const;  // of the first line
  void replace_unknown();
  void stand_low();  // upright: the lowest block whose columns fit the width, no word broken
  void draw_columns(cairo_t* cairo, int width) const;

  const TextStyle style_;
  bool upright_;
  std::string text_;
  int unknown_ = 0;
  std::set<std::uint32_t> unknown_blocks_;
  GObjectPointer<PangoLayout> layout_;
};

}  // namespace typeset
