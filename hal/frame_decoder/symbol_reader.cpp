#include "hal/frame_decoder/symbol_reader.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <exception>

namespace hal {
namespace {

std::optional<Symbol> symbol_of(const ZXing::Result& result) {
  if (!result.isValid()) return std::nullopt;
  Symbol symbol;
  symbol.bytes.assign(result.bytes().begin(), result.bytes().end());
  const std::string identifier = result.symbologyIdentifier();
  if (identifier.size() == 3) symbol.modifier = identifier[2];
  symbol.structured_append = result.sequenceSize() >= 0;
  symbol.reader_init = result.readerInit();
  return symbol;
}

}  // namespace

base::Result<std::optional<Symbol>> read_symbol(GreyView picture, SymbolPicture kind) {
  try {
    const auto hints =
        ZXing::DecodeHints()
            .setFormats(ZXing::BarcodeFormat::QRCode)
            .setMaxNumberOfSymbols(1)
            .setTryDownscale(false)
            .setIsPure(kind == SymbolPicture::drawing)
            .setBinarizer(kind == SymbolPicture::drawing ? ZXing::Binarizer::FixedThreshold : ZXing::Binarizer::LocalAverage);
    return symbol_of(ZXing::ReadBarcode({picture.pixels, picture.width, picture.height, ZXing::ImageFormat::Lum}, hints));
  } catch (const std::exception& error) { return base::Error{base::Failure::camera_decoder_lost, error.what()}; }
}

}  // namespace hal
