#include "hal/pcsc/card_text.h"

#include <iconv.h>

#include <algorithm>
#include <array>

namespace hal {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kLongestField = 256;  // bytes of a short APDU
constexpr std::array kCharsets{"GB18030", "BIG5", "UTF-8"};

const char* iconv_name(CardCharset charset) { return kCharsets.at(static_cast<std::size_t>(charset)); }

// A converter of the C library, closed when it goes.
class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // Bytes written, or nothing.
  std::optional<std::size_t> convert(std::span<char> from, std::span<char> into) {
    if (!valid()) return std::nullopt;
    char* in = from.data();
    char* out = into.data();
    std::size_t in_left = from.size();
    std::size_t out_left = into.size();
    if (iconv(handle_, &in, &in_left, &out, &out_left) != 0 || in_left != 0) return std::nullopt;
    return into.size() - out_left;
  }

 private:
  bool valid() const { return handle_ != reinterpret_cast<iconv_t>(-1); }  // NOLINT: POSIX says so
  iconv_t handle_;
};

Bytes without_padding(Bytes field) {
  while (!field.empty() && (field.back() == 0 || field.back() == 0xFF || field.back() == ' '))
    field = field.first(field.size() - 1);
  return field;
}

// C0, DEL and C1 (in UTF-8 C2 80 to C2 9F).
bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte < 0x20U || byte == 0x7FU) return true;
    if (byte == 0xC2U && i + 1 < text.size() && static_cast<std::uint8_t>(text[i + 1]) < 0xA0U) return true;
  }
  return false;
}

}  // namespace

std::optional<base::Secret> decode_card_text(Bytes field, CardCharset charset) {
  field = without_padding(field);
  if (field.size() > kLongestField) return std::nullopt;
  std::array<char, kLongestField> from{};
  std::array<char, 4 * kLongestField> into{};
  std::ranges::copy(field, from.begin());
  const auto written =
      Converter(iconv_name(CardCharset::utf8), iconv_name(charset)).convert(std::span(from).first(field.size()), into);
  std::optional<base::Secret> text;
  if (written && !has_control_characters({into.data(), *written})) text.emplace(std::string_view(into.data(), *written));
  base::wipe(from.data(), from.size());
  base::wipe(into.data(), into.size());
  return text;
}

std::optional<std::string> decode_bcd(Bytes field) {
  std::string digits;
  for (const std::uint8_t byte : field) {
    const auto high = static_cast<char>('0' + (byte >> 4U));
    const auto low = static_cast<char>('0' + (byte & 0xFU));
    if (high > '9' || low > '9') return std::nullopt;
    digits += high;
    digits += low;
  }
  return digits;
}

std::optional<std::string> encode_card_text(std::string_view text, CardCharset charset) {
  std::string from(text);
  std::string into(4 * text.size(), '\0');
  const auto written = Converter(iconv_name(charset), iconv_name(CardCharset::utf8)).convert(from, into);
  if (!written) return std::nullopt;
  into.resize(*written);
  return into;
}

}  // namespace hal
