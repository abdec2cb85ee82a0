#include "tests/bench/qr_anchors.h"

#include <zbar.h>  // before ZXing's, whose macros are names of its classes

#include <exception>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

namespace bench {

std::string read_with_zxing(hal::GreyView picture) {
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setMaxNumberOfSymbols(1);
  try {
    const auto result = ZXing::ReadBarcode({picture.pixels, picture.width, picture.height, ZXing::ImageFormat::Lum}, hints);
    return result.isValid() ? std::string(result.bytes().begin(), result.bytes().end()) : "";
  } catch (const std::exception&) { return ""; }
}

std::string read_with_zbar(hal::GreyView picture) {
  zbar::ImageScanner scanner;
  scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
  scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
  scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_BINARY, 1);  // bytes as encoded; it would guess a character set
  const auto width = static_cast<unsigned>(picture.width), height = static_cast<unsigned>(picture.height);
  zbar::Image image(width, height, "Y800", picture.pixels, std::size_t{width} * height);
  return scanner.scan(image) > 0 ? image.symbol_begin()->get_data() : "";
}

}  // namespace bench
