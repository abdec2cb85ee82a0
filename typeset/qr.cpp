#include "typeset/qr.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <exception>

namespace typeset {
namespace {

constexpr int kLevelM = 4;  // of ZXing's common scale 0..8, where 3 and 4 are M

DotBitmap to_dots(const ZXing::BitMatrix& matrix) {
  DotBitmap dots{matrix.width(), matrix.height(), {}};
  const auto stride = static_cast<std::size_t>(dots.stride());
  dots.bytes.resize(stride * static_cast<std::size_t>(dots.height));
  for (int y = 0; y < dots.height; ++y)
    for (int x = 0; x < dots.width; ++x) {
      if (!matrix.get(x, y)) continue;
      std::uint8_t& byte = dots.bytes[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)];
      byte = static_cast<std::uint8_t>(byte | (0x80U >> (x % 8)));
    }
  return dots;
}

}  // namespace

base::Result<DotBitmap> qr_code(std::string_view payload) {
  try {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    // Plain ASCII carries no charset mark: some readers stumble over it.
    const bool ascii = std::all_of(payload.begin(), payload.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const auto charset = ascii ? ZXing::CharacterSet::Unknown : ZXing::CharacterSet::UTF8;
    writer.setEccLevel(kLevelM).setMargin(0).setEncoding(charset);
    return to_dots(writer.encode(std::string(payload), 0, 0));
  } catch (const std::exception&) { return {base::Failure::internal, "no QR code: the payload is empty or too long"}; }
}

}  // namespace typeset
