#include "hal/scanner/payload_text.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace hal {
namespace {

using base::Failure;
using Bytes = std::span<const std::uint8_t>;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr char32_t kGroupSeparator = 0x1D;
constexpr std::size_t kMostGrowth = 2;  // UTF-8 bytes for one of GB 18030, at most 3 for 2

struct Range {
  char32_t first;
  char32_t last;
};
// What changes the order or the look of text without being seen. U+200C, U+200D and the Mongolian selectors stay: names
// are spelled with them.
constexpr std::array kHidden{
    Range{0x00AD, 0x00AD},    // soft hyphen
    Range{0x061C, 0x061C},    // Arabic letter mark
    Range{0x200B, 0x200B},    // zero width space
    Range{0x200E, 0x200F},    // left-to-right and right-to-left mark
    Range{0x2028, 0x202E},    // line and paragraph separator, embeddings and overrides
    Range{0x2060, 0x206F},    // word joiner, invisible operators, isolates, deprecated controls
    Range{0xFDD0, 0xFDEF},    // noncharacters
    Range{0xFEFF, 0xFEFF},    // a byte order mark in the middle
    Range{0xFFF9, 0xFFFB},    // interlinear annotation
    Range{0xE0000, 0xE007F},  // tags
};

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }
bool is_hidden(char32_t c) {
  return (c & 0xFFFEU) == 0xFFFE ||
         std::ranges::any_of(kHidden, [c](Range range) { return c >= range.first && c <= range.last; });
}

// RAII of an iconv descriptor.
class Gb18030 {
 public:
  Gb18030() : converter_(iconv_open("UTF-8", "GB18030")) {}
  ~Gb18030() {
    if (usable()) iconv_close(converter_);
  }
  Gb18030(const Gb18030&) = delete;
  Gb18030& operator=(const Gb18030&) = delete;

  std::optional<base::Secret> decode(Bytes bytes) {
    if (!usable()) return std::nullopt;
    std::vector<char> in(bytes.begin(), bytes.end());
    std::vector<char> out(kMostGrowth * in.size());
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    const bool whole = iconv(converter_, &from, &left, &to, &room) != kFailed && left == 0;
    std::optional<base::Secret> text;
    if (whole) text.emplace(std::string_view(out.data(), out.size() - room));
    base::wipe(in.data(), in.size());
    base::wipe(out.data(), out.size());
    return text;
  }

 private:
  static constexpr auto kFailed = static_cast<std::size_t>(-1);
  bool usable() const { return converter_ != reinterpret_cast<iconv_t>(-1); }  // as iconv_open says "no"
  iconv_t converter_;
};

bool is_utf8(std::string_view text) {
  while (!text.empty())
    if (!base::take_character(text)) return false;
  return true;
}

// Nothing when every character may stay.
std::optional<Failure> objection_to(std::string_view text, bool gs1) {
  std::optional<Failure> objection;
  while (!text.empty()) {
    const auto c = base::take_character(text);
    if (!c) return Failure::scan_unreadable;
    if (gs1 && *c == kGroupSeparator)
      objection = Failure::scan_not_wanted;
    else if (is_control(*c) || is_hidden(*c))
      return Failure::scan_unsafe;
  }
  return objection;
}

std::optional<base::Secret> decode(Bytes bytes) {
  base::Secret text(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  if (is_utf8(text.reveal())) return text;
  return Gb18030().decode(bytes);
}

}  // namespace

Bytes without_scanner_suffix(Bytes bytes) {
  for (std::size_t removed = 0; removed < kLongestScannerSuffix && !bytes.empty(); ++removed) {
    const auto last = bytes.back();
    if (last != '\r' && last != '\n' && last != '\t') break;
    bytes = bytes.first(bytes.size() - 1);
  }
  return bytes;
}

base::Result<base::Secret> decode_payload_text(Bytes bytes, bool gs1) {
  if (bytes.size() > kLongestCode) return Failure::scan_not_wanted;
  auto text = decode(bytes);
  if (!text) return Failure::scan_unreadable;
  if (text->reveal().starts_with(kByteOrderMark)) text = base::Secret(text->reveal().substr(kByteOrderMark.size()));
  if (text->empty()) return Failure::scan_unreadable;
  if (const auto objection = objection_to(text->reveal(), gs1)) return *objection;
  return std::move(*text);
}

}  // namespace hal
