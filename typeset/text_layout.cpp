#include "typeset/text_layout.h"

#include <algorithm>
#include <cmath>

#include "base/secret.h"
#include "typeset/clean_text.h"
#include "typeset/font_configuration.h"

namespace typeset {
namespace {

constexpr double kHanziAscent = 0.88;   // of the em box, in Noto Sans CJK
constexpr double kHanziTop = 0.92;      // the highest of them
constexpr double kLatinDescent = 0.26;  // g, j, Q and brackets

struct DescriptionReleaser {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using Description = std::unique_ptr<PangoFontDescription, DescriptionReleaser>;

Description describe(const TextStyle& style) {
  Description description(pango_font_description_new());
  const bool pictogram = style.face == Face::pictogram;
  pango_font_description_set_family_static(description.get(), pictogram ? kPictogramFamily : "Noto Sans CJK SC,Noto Sans");
  pango_font_description_set_weight(description.get(),
                                    style.weight == Weight::bold && !pictogram ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(description.get(), style.em_px * PANGO_SCALE);
  return description;
}

// A code broken over two lines must not gain a hyphen that is not in it.
void forbid_hyphens(PangoLayout* layout) {
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
}

int width_of(PangoLayoutLine* line) {
  PangoRectangle logical{};
  pango_layout_line_get_extents(line, nullptr, &logical);
  return (logical.width + PANGO_SCALE - 1) / PANGO_SCALE;
}

// "Left" is where a paragraph begins: the right edge for one that runs from right to left.
int left_edge(PangoLayoutLine* line, Align align, int room) {
  if (align == Align::centre) return room / 2;
  const bool from_right = line->resolved_dir == PANGO_DIRECTION_RTL;
  return (align == Align::right) != from_right ? room : 0;
}

constexpr std::string_view kMissingType = "〓";
constexpr int kBlockBits = 8;

// Pango's glyph of a character without one is the character itself, and a flag.
std::set<gunichar> unknown_characters(PangoLayout* layout) {
  std::set<gunichar> found;
  for (const GSList* line = pango_layout_get_lines_readonly(layout); line != nullptr; line = line->next)
    for (const GSList* run = static_cast<const PangoLayoutLine*>(line->data)->runs; run != nullptr; run = run->next) {
      const PangoGlyphString& glyphs = *static_cast<const PangoLayoutRun*>(run->data)->glyphs;
      for (int i = 0; i < glyphs.num_glyphs; ++i)
        if (const PangoGlyph glyph = glyphs.glyphs[i].glyph; (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
          found.insert(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
    }
  return found;
}

constexpr double kQuarterTurn = 1.5707963267948966;  // radians, clockwise where y grows downwards

int line_count(PangoLayout* layout) { return pango_layout_get_line_count(layout); }

int widest_line(PangoLayout* layout) {
  int widest = 0;
  for (int i = 0; i < line_count(layout); ++i) widest = std::max(widest, width_of(pango_layout_get_line_readonly(layout, i)));
  return widest;
}

}  // namespace

bool stands_upright(std::string_view text, const TextStyle& style) {
  if (style.wrap_px <= 0 || style.lying || style.face == Face::pictogram) return false;
  const std::string clean = clean_text(text);
  for (const char* at = clean.c_str(); *at != 0; at = g_utf8_next_char(at)) {
    const GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(at));
    if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED) continue;
    return script == G_UNICODE_SCRIPT_MONGOLIAN || script == G_UNICODE_SCRIPT_PHAGS_PA;
  }
  return false;
}

TextLayout::TextLayout(PangoContext* context, std::string_view text, const TextStyle& style)
    : style_(style), upright_(stands_upright(text, style)), text_(clean_text(text)), layout_(pango_layout_new(context)) {
  pango_layout_set_font_description(layout_.get(), describe(style).get());
  forbid_hyphens(layout_.get());
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  if (style.wrap_px > 0) pango_layout_set_width(layout_.get(), style.wrap_px * PANGO_SCALE);
  pango_layout_set_text(layout_.get(), text_.data(), static_cast<int>(text_.size()));
  replace_unknown();
  if (upright_) stand_low();
}

void TextLayout::replace_unknown() {
  unknown_ = pango_layout_get_unknown_glyphs_count(layout_.get());
  if (unknown_ == 0 || style_.face != Face::text) return;
  const std::set<gunichar> unknown = unknown_characters(layout_.get());
  std::string shown;
  for (const char* at = text_.c_str(); *at != 0; at = g_utf8_next_char(at)) {
    const gunichar character = g_utf8_get_char(at);
    if (!unknown.contains(character)) {
      shown.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
      continue;
    }
    shown += kMissingType;
    unknown_blocks_.insert(character >> kBlockBits);
  }
  base::wipe(const_cast<char*>(pango_layout_get_text(layout_.get())), text_.size());
  base::wipe(text_);
  text_ = std::move(shown);
  pango_layout_set_text(layout_.get(), text_.data(), static_cast<int>(text_.size()));
}

void TextLayout::stand_low() {
  PangoLayout* layout = layout_.get();
  const int columns = std::max(1, style_.wrap_px / line_height());
  pango_layout_set_width(layout, -1);
  int high = widest_line(layout);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
  pango_layout_set_width(layout, PANGO_SCALE);
  int low = widest_line(layout);  // the longest word
  while (low < high) {
    const int middle = (low + high) / 2;
    pango_layout_set_width(layout, middle * PANGO_SCALE);
    if (line_count(layout) <= columns)
      high = middle;
    else
      low = middle + 1;
  }
  pango_layout_set_width(layout, high * PANGO_SCALE);
}

TextLayout::~TextLayout() {
  // Pango frees its copy without overwriting it.
  base::wipe(const_cast<char*>(pango_layout_get_text(layout_.get())), text_.size());
  base::wipe(text_);
}

int TextLayout::line_height() const { return std::max(1, static_cast<int>(std::lround(style_.line_spacing * style_.em_px))); }

// Hanzi stand in the middle of the line; in a low one a little higher, so that Latin letters are not cut below.
int TextLayout::baseline() const {
  const double middle = (line_height() - style_.em_px) / 2 + kHanziAscent * style_.em_px;
  if (style_.face == Face::pictogram) return static_cast<int>(std::lround(middle));
  const double clear = std::max(std::floor(line_height() - kLatinDescent * style_.em_px), kHanziTop * style_.em_px);
  return static_cast<int>(std::lround(std::min(middle, clear)));
}

TextSize TextLayout::size() const {
  TextSize size;
  size.lines = line_count(layout_.get());
  size.height = size.lines * line_height();
  size.baseline = baseline();
  size.width = widest_line(layout_.get());
  if (upright_) std::swap(size.width, size.height);
  return size;
}

void TextLayout::draw_columns(cairo_t* cairo, int width) const {
  const TextSize whole = size();
  const int room = std::max(0, width - whole.width);
  const int left = style_.align == Align::centre ? room / 2 : style_.align == Align::right ? room : 0;
  for (int i = 0; i < whole.lines; ++i) {
    cairo_save(cairo);
    // Pango centres what stands upright about the line.
    cairo_translate(cairo, left + (i + 0.5) * line_height(), 0);
    cairo_rotate(cairo, kQuarterTurn);
    cairo_move_to(cairo, 0, 0);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout_.get(), i));
    cairo_restore(cairo);
  }
}

void TextLayout::draw(cairo_t* cairo, int width) const {
  if (upright_) return draw_columns(cairo, width);
  for (int i = 0; i < line_count(layout_.get()); ++i) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(layout_.get(), i);
    cairo_move_to(cairo, left_edge(line, style_.align, std::max(0, width - width_of(line))), i * line_height() + baseline());
    pango_cairo_show_layout_line(cairo, line);
  }
}

}  // namespace typeset
