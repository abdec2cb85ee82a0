#include "hal/printer/receipt_layout.h"

#include <algorithm>
#include <cmath>

#include "base/secret.h"
#include "hal/printer/dot_canvas.h"
#include "typeset/qr.h"

namespace hal {
namespace {

using typeset::Align;
using typeset::TextStyle;
using typeset::Weight;

constexpr double kBodyHeight = 14 * 25.4 / 72;          // mm: 14 point
constexpr double kDigitHeight = 0.77;                   // em, in Noto Sans CJK Bold
constexpr int kQuietModules = 4;                        // ISO/IEC 18004
constexpr int kSmallestModule = 4, kLargestModule = 8;  // dots
constexpr double kQrShare = 0.42;                       // of the width, where modules may be larger than the smallest
constexpr double kNarrowestBeside = 8;                  // em; below it the text goes under the code, and the code is larger
constexpr double kNarrowestColumn = 6;                  // em; below it a value goes under its label

class Composer {
 public:
  Composer(const PrintDocument& document, const PrinterProfile& profile, typeset::Typesetter& typesetter)
      : document_(document),
        typesetter_(typesetter),
        canvas_(profile.dots_per_line),
        em_(std::ceil(kBodyHeight * profile.dots_per_mm)),
        dots_per_mm_(profile.dots_per_mm),
        label_width_(widest_label()) {}

  base::Result<typeset::DotBitmap> compose();

  void add(const PrintHeading& heading);
  void add(const PrintText& text);
  void add(const PrintCode& code);
  void add(const PrintField& field);
  void add(const PrintRule&);
  void add(const PrintQr& qr);

 private:
  int em(double count) const { return static_cast<int>(std::lround(count * em_)); }
  int width() const { return canvas_.width(); }
  TextStyle style(double size, Weight weight, Align align, int wrap) const;
  double largest_that_fits(const std::string& text, double most, double least) const;
  int widest_label() const;
  int gap() const { return em(0.5); }
  // Draws at (x, y) and says how high it is.
  int draw(const std::string& text, const TextStyle& style, int x, int y);
  int draw_lines(const std::vector<std::string>& lines, Align align, int x, int y, int wrap);
  int height_of(const std::vector<std::string>& lines, int wrap) const;
  void put_beside(const typeset::DotBitmap& code, int module, const std::vector<std::string>& lines);
  void put_above(const typeset::DotBitmap& code, int module, const std::vector<std::string>& lines);
  void stack(const std::string& text, const TextStyle& style) { y_ += draw(text, style, 0, y_); }

  const PrintDocument& document_;
  typeset::Typesetter& typesetter_;
  DotCanvas canvas_;
  double em_;  // dots, of body text
  double dots_per_mm_;
  int label_width_;  // dots
  int y_ = 0;
  base::Status status_;
};

TextStyle Composer::style(double size, Weight weight, Align align, int wrap) const {
  TextStyle style;
  style.em_px = size;
  style.weight = weight;
  style.align = align;
  style.wrap_px = wrap;
  style.line_spacing = 1.3;
  style.language = document_.language;
  return style;
}

int Composer::draw(const std::string& text, const TextStyle& style, int x, int y) {
  typeset::CoverageBitmap coverage = typesetter_.draw(text, style);
  typeset::DotBitmap dots = typeset::to_dots(coverage);
  canvas_.put(dots, x, y);
  canvas_.extend_to(y + dots.height);
  base::wipe(coverage.pixels.data(), coverage.pixels.size());
  base::wipe(dots.bytes.data(), dots.bytes.size());
  return dots.height;
}

// The size (dots an em) at which `text` is one line of the whole width.
double Composer::largest_that_fits(const std::string& text, double most, double least) const {
  const int at_most = typesetter_.measure(text, style(most, Weight::bold, Align::left, 0)).width;
  if (at_most <= width()) return most;
  return std::max(least, std::floor(most * width() / at_most - 0.5));
}

int Composer::widest_label() const {
  int widest = 0;
  for (const auto& block : document_.blocks)
    if (const auto* field = std::get_if<PrintField>(&block))
      widest = std::max(widest, typesetter_.measure(field->label, style(em_, Weight::regular, Align::left, 0)).width);
  return widest;
}

void Composer::add(const PrintHeading& heading) {
  const double size = largest_that_fits(heading.text, 1.4 * em_, 1.2 * em_);
  stack(heading.text, style(size, Weight::bold, Align::centre, width()));
}

void Composer::add(const PrintText& text) {
  stack(text.text, style(em_, text.bold ? Weight::bold : Weight::regular, text.centred ? Align::centre : Align::left, width()));
}

void Composer::add(const PrintCode& code) {
  const double size = largest_that_fits(code.text, code.digit_mm * dots_per_mm_ / kDigitHeight, em_);
  TextStyle large = style(size, Weight::bold, Align::centre, width());
  large.line_spacing = 1.05;  // one line of digits needs little air
  stack(code.text, large);
}

// Values stand under each other; where the paper is too narrow for that, under their labels.
void Composer::add(const PrintField& field) {
  const int column = label_width_ + gap();
  const Weight weight = field.bold ? Weight::bold : Weight::regular;
  if (width() - column >= kNarrowestColumn * em_) {
    const int label = draw(field.label, style(em_, Weight::regular, Align::left, 0), 0, y_);
    const int value = draw(field.value, style(em_, weight, Align::left, width() - column), column, y_);
    y_ += std::max(label, value);
  } else {
    stack(field.label, style(em_, Weight::regular, Align::left, width()));
    y_ += draw(field.value, style(em_, weight, Align::left, width() - em(1)), em(1), y_);
  }
}

void Composer::add(const PrintRule&) {
  const int thick = std::max(2, em(0.075)), dash = em(0.2), space = em(0.1);
  y_ += em(0.3);
  for (int x = 0; x < width(); x += dash + space) canvas_.fill(x, y_, dash, thick);
  y_ += thick + em(0.3);
}

int Composer::draw_lines(const std::vector<std::string>& lines, Align align, int x, int y, int wrap) {
  const int top = y;
  for (const auto& line : lines) y += draw(line, style(em_, Weight::regular, align, wrap), x, y);
  return y - top;
}

int Composer::height_of(const std::vector<std::string>& lines, int wrap) const {
  int height = 0;
  for (const auto& line : lines) height += typesetter_.measure(line, style(em_, Weight::regular, Align::left, wrap)).height;
  return height;
}

void Composer::add(const PrintQr& qr) {
  const auto code = typeset::qr_code(qr.payload);
  if (!code) {
    status_ = code.error();
    return;
  }
  const int modules = code->width + 2 * kQuietModules;
  const int share = std::clamp(static_cast<int>(kQrShare * width()) / modules, kSmallestModule, kLargestModule);
  if (width() - share * modules >= kNarrowestBeside * em_) return put_beside(*code, share, qr.beside);
  const int whole = std::min(width() / modules, kLargestModule);
  if (whole >= kSmallestModule) return put_above(*code, whole, qr.beside);
  status_ = {base::Failure::internal, "a QR code of " + std::to_string(modules) + " modules does not fit the paper"};
}

void Composer::put_beside(const typeset::DotBitmap& code, int module, const std::vector<std::string>& lines) {
  const int side = (code.width + 2 * kQuietModules) * module;
  const int column = width() - side;
  const int text = height_of(lines, column);
  const int row = std::max(side, text);
  canvas_.put_scaled(code, kQuietModules * module, y_ + (row - side) / 2 + kQuietModules * module, module);
  draw_lines(lines, Align::left, side, y_ + (row - text) / 2, column);
  y_ += row;
}

void Composer::put_above(const typeset::DotBitmap& code, int module, const std::vector<std::string>& lines) {
  canvas_.put_scaled(code, (width() - code.width * module) / 2, y_ + kQuietModules * module, module);
  y_ += (code.height + 2 * kQuietModules) * module;
  y_ += draw_lines(lines, Align::centre, 0, y_, width());
}

base::Result<typeset::DotBitmap> Composer::compose() {
  for (const auto& block : document_.blocks) {
    std::visit([this](const auto& one) { add(one); }, block);
    if (!status_) return status_.error();
    if (y_ > kLongestReceipt * dots_per_mm_) return {base::Failure::internal, "the document is longer than a metre"};
  }
  canvas_.extend_to(y_);
  return canvas_.take();
}

}  // namespace

base::Result<typeset::DotBitmap> lay_out(const PrintDocument& document, const PrinterProfile& profile,
                                         typeset::Typesetter& typesetter) {
  return Composer(document, profile, typesetter).compose();
}

}  // namespace hal
