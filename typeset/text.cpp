#include "typeset/text.h"

#include <fmt/format.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>

#include "base/log.h"
#include "base/secret.h"
#include "typeset/font_configuration.h"
#include "typeset/library_errors.h"
#include "typeset/text_layout.h"

namespace typeset {
namespace {

struct TextSurfaceReleaser {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CairoReleaser {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Surface = std::unique_ptr<cairo_surface_t, TextSurfaceReleaser>;
using Cairo = std::unique_ptr<cairo_t, CairoReleaser>;

// Text keeps its proportions at every size: no hinted metrics, positions to a fraction of a pixel.
void set_rendering(PangoContext* context) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
}

// Takes the pixels out of Cairo's padded rows and overwrites what stays behind.
CoverageBitmap take_pixels(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  CoverageBitmap bitmap{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
  const auto width = static_cast<std::size_t>(bitmap.width);
  const auto height = static_cast<std::size_t>(bitmap.height);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  unsigned char* rows = cairo_image_surface_get_data(surface);
  bitmap.pixels.resize(width * height);
  for (std::size_t y = 0; y < height; ++y) std::copy_n(rows + y * stride, width, bitmap.pixels.data() + y * width);
  base::wipe(rows, stride * height);
  return bitmap;
}

}  // namespace

namespace {

// Pango shapes when it is asked, and anew when the context has changed since, by another text's language for one.
PangoContext* prepared(PangoContext* context, const TextStyle& style, bool upright) {
  pango_context_set_language(context, pango_language_from_string(style.language.c_str()));
  // East: hanzi stand on their feet in a column that is drawn lying and then turned.
  pango_context_set_base_gravity(context, upright ? PANGO_GRAVITY_EAST : PANGO_GRAVITY_SOUTH);
  return context;
}

class PangoText final : public ShapedText {
 public:
  PangoText(PangoContext* context, std::string_view text, const TextStyle& style)
      : context_(context),
        style_(style),
        upright_(stands_upright(text, style)),
        layout_(prepared(context, style, upright_), text, style) {}

  TextSize size() override {
    prepared(context_, style_, upright_);
    return layout_.size();
  }

  CoverageBitmap draw() override {
    const TextSize size = this->size();
    const int width = style_.wrap_px > 0 ? style_.wrap_px : size.width;
    if (width == 0 || size.height == 0) return {width, size.height, {}};
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, size.height));
    const Cairo cairo(cairo_create(surface.get()));
    if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS) return {};  // wider or higher than Cairo's 32 767 pixels
    layout_.draw(cairo.get(), width);
    return take_pixels(surface.get());
  }

  const TextLayout& layout() const { return layout_; }

 private:
  PangoContext* const context_;
  const TextStyle style_;
  const bool upright_;
  TextLayout layout_;
};

}  // namespace

struct Typesetter::Fonts {
  FontConfiguration configuration;
  GObjectPointer<PangoFontMap> map;
  GObjectPointer<PangoContext> context;
  std::set<std::uint32_t> told;  // blocks of characters that no font has

  std::unique_ptr<PangoText> shape(std::string_view text, const TextStyle& style) {
    auto shaped = std::make_unique<PangoText>(context.get(), text, style);
    for (const std::uint32_t block : shaped->layout().unknown_blocks())
      if (told.insert(block).second)
        base::log::failure({base::Failure::font_glyph_missing,
                            fmt::format("no font has a character of U+{:02X}00 to U+{:02X}FF", block, block)});
    return shaped;
  }
};

base::Result<std::unique_ptr<Typesetter>> Typesetter::create(const std::string& fonts_conf) {
  end_as_uncaught();
  auto configuration = load_fonts(fonts_conf);
  if (!configuration) return configuration.error();
  auto fonts = std::make_unique<Fonts>();
  fonts->configuration = *std::move(configuration);
  fonts->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!fonts->map) return {base::Failure::font_missing, "this Cairo cannot draw FreeType fonts"};
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map.get()), fonts->configuration.get());
  fonts->context.reset(pango_font_map_create_context(fonts->map.get()));
  set_rendering(fonts->context.get());
  return std::unique_ptr<Typesetter>(new Typesetter(std::move(fonts)));
}

Typesetter::Typesetter(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
Typesetter::~Typesetter() = default;

std::unique_ptr<ShapedText> Typesetter::shape(std::string_view text, const TextStyle& style) {
  return fonts_->shape(text, style);
}

TextSize Typesetter::measure(std::string_view text, const TextStyle& style) { return fonts_->shape(text, style)->size(); }

CoverageBitmap Typesetter::draw(std::string_view text, const TextStyle& style) { return fonts_->shape(text, style)->draw(); }

int Typesetter::missing_glyphs(std::string_view text, const TextStyle& style) {
  return fonts_->shape(text, style)->layout().unknown_glyphs();
}

}  // namespace typeset
