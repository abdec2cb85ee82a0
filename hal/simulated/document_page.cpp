#include "hal/simulated/document_page.h"

#include <algorithm>
#include <array>

namespace hal {
namespace {

constexpr int kPageWidth = 210, kPageHeight = 297;
constexpr int kMargin = 20;
constexpr int kGlyph = 24;      // dots, square
constexpr int kLineHeight = 5;  // of small print
constexpr int kLinePitch = 10;  //
constexpr unsigned kMostBoxes = 8;
constexpr int kBox = 12;

// 虚构省
constexpr std::array<std::array<std::uint32_t, kGlyph>, 3> kTitle{
    {{0x001000, 0x001800, 0x001FF0, 0x001FF8, 0x001800, 0x1FFFFC, 0x1FFFFC, 0x18180C, 0x1818CC, 0x1BFFC8, 0x1BF804, 0x18180C,
      0x181FFC, 0x180000, 0x183300, 0x183310, 0x1B3338, 0x1B3330, 0x31B360, 0x31B360, 0x303300, 0x67FFFC, 0x6FFFFC, 0x000000},
     {0x020000, 0x030600, 0x030600, 0x030C00, 0x030FFE, 0x3FCFFF, 0x3FD803, 0x071802, 0x073302, 0x073302, 0x0F8606, 0x0FC606,
      0x0FC6C6, 0x1B4C46, 0x1B0C66, 0x330DE6, 0x331FF6, 0x231C36, 0x030006, 0x030006, 0x030006, 0x03000C, 0x03007C, 0x020078},
     {0x000800, 0x000C00, 0x018C60, 0x038C30, 0x030C18, 0x060C6C, 0x0E0CE6, 0x1C0DC2, 0x080F80, 0x003E00, 0x01F800, 0x3FFFF8,
      0x1FFFF8, 0x030018, 0x03FFF8, 0x038018, 0x030018, 0x038018, 0x03FFF8, 0x030018, 0x030018, 0x03FFF8, 0x038018, 0x010000}}};

class DocumentPage {
 public:
  explicit DocumentPage(unsigned number) : state_(number * 0x9E3779B9U + 1) {
    page_.bytes.resize(static_cast<std::size_t>(page_.stride()) * kPageHeight);
  }

  void title() {
    int x = (kPageWidth - static_cast<int>(kTitle.size()) * (kGlyph + 4)) / 2;
    for (const auto& glyph : kTitle) {
      for (int row = 0; row < kGlyph; ++row)
        for (int column = 0; column < kGlyph; ++column)
          if ((glyph.at(static_cast<std::size_t>(row)) >> (kGlyph - 1 - column) & 1U) != 0) black(x + column, kMargin + row);
      x += kGlyph + 4;
    }
  }

  // What looks like small print from where the camera hangs: strokes with gaps between words.
  void line(int top) {
    for (int x = kMargin; x < kPageWidth - kMargin;) {
      const int word = 8 + static_cast<int>(draw() % 24U);
      for (const int end = std::min(x + word, kPageWidth - kMargin); x < end; ++x)
        for (int row = 0; row < kLineHeight; ++row)
          if (draw() % 5U < 3U) black(x, top + row);
      x += 4;
    }
  }

  void box(unsigned index) {
    const int left = kMargin + static_cast<int>(index) * 2 * kBox;
    for (int y = 0; y < kBox; ++y)
      for (int x = 0; x < kBox; ++x) black(left + x, kPageHeight - kMargin - kBox + y);
  }

  typeset::DotBitmap take() { return std::move(page_); }

 private:
  void black(int x, int y) {
    page_.bytes[static_cast<std::size_t>(y * page_.stride() + x / 8)] |= static_cast<std::uint8_t>(0x80U >> (x % 8));
  }
  std::uint32_t draw() {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 17U;
    state_ ^= state_ << 5U;
    return state_;
  }

  typeset::DotBitmap page_{kPageWidth, kPageHeight, {}};
  std::uint32_t state_;
};

}  // namespace

typeset::DotBitmap document_page(unsigned number) {
  DocumentPage page(number);
  page.title();
  for (int top = kMargin + kGlyph + 2 * kLinePitch; top + kLineHeight < kPageHeight - kMargin - kBox - kLinePitch;
       top += kLinePitch)
    page.line(top);
  for (unsigned i = 0; i < std::min(number, kMostBoxes); ++i) page.box(i);
  return page.take();
}

}  // namespace hal
