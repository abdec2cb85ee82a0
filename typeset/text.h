// Text → shaped, measured, drawn. One engine (Pango/Cairo) for the screen and for paper, so that a name looks
// the same on both and no script is second class. All calls belong to one thread, except that a second Typesetter
// may live on another thread (the printer's).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "typeset/bitmap.h"

namespace typeset {

enum class Weight : std::uint8_t { regular, bold };
enum class Align : std::uint8_t { left, centre, right };
enum class Face : std::uint8_t {
  text,       // Noto Sans CJK SC, then Noto Sans of whatever script is met
  pictogram,  // Material Design Icons, by code point
};

struct TextStyle {
  double em_px = 32;  // height of the em box (a hanzi's square) in pixels or dots
  Weight weight = Weight::regular;
  Align align = Align::left;
  Face face = Face::text;
  int wrap_px = 0;                   // width to wrap at; 0 = one line, never wrapped
  double line_spacing = 1.4;         // line height as a multiple of em_px
  bool lying = false;                // what would stand in columns lies, for want of height
  std::string language = "zh-Hans";  // BCP 47; chooses glyph forms and line breaking

  friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

struct TextSize {
  int width = 0;   // pixels; of the widest line
  int height = 0;  // pixels; lines × line height
  int lines = 0;
  int baseline = 0;  // pixels from the top to the first baseline
};

// A text that is shaped and broken into lines: what measuring and drawing have in common. Holds the text; overwritten when it
// goes. Belongs to its Typesetter, and goes before it.
class ShapedText {
 public:
  virtual ~ShapedText() = default;
  virtual TextSize size() = 0;
  // The bitmap is as wide as `wrap_px` when that is given (so that alignment shows), else as the text. With a width to wrap at,
  // Mongolian stands in columns from left to right, as low as fits that width.
  virtual CoverageBitmap draw() = 0;
};

class Typesetter {
 public:
  // `fonts_conf` is a fontconfig file naming the font folders (assets/fonts.conf): without a private one every start
  // may pay for a scan of all fonts (measured: 320 ms). font_missing when Noto Sans CJK SC or the pictograms are not found.
  static base::Result<std::unique_ptr<Typesetter>> create(const std::string& fonts_conf);
  ~Typesetter();

  // Text is UTF-8; invalid bytes show as U+FFFD, and what no font has as 〓, which the log tells once for each block of 256
  // characters (font_glyph_missing). Control characters other than line feed are dropped.
  std::unique_ptr<ShapedText> shape(std::string_view text, const TextStyle& style);
  // The same for who does only one of the two.
  TextSize measure(std::string_view text, const TextStyle& style);
  CoverageBitmap draw(std::string_view text, const TextStyle& style);
  // Number of characters of `text` that no font of the chain can draw.
  int missing_glyphs(std::string_view text, const TextStyle& style);

 private:
  struct Fonts;
  explicit Typesetter(std::unique_ptr<Fonts> fonts);
  std::unique_ptr<Fonts> fonts_;
};

// Black where coverage is at least `threshold` (0..255).
DotBitmap to_dots(const CoverageBitmap& bitmap, std::uint8_t threshold = 128);

}  // namespace typeset
