// ZXing, asked for QR codes and for nothing else: its other readers are what hostile pictures have broken most often.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "hal/frame_decoder/grey_image.h"

namespace hal {

struct Symbol {
  std::string bytes;    // as encoded; no character set is guessed here
  char modifier = '1';  // of the AIM identifier "]Q1": model 2; 3 and 5 follow GS1 and AIM; one more with an ECI
  bool structured_append = false;
  bool reader_init = false;
};

enum class SymbolPicture : std::uint8_t {
  photograph,  // somewhere in it, at any angle
  drawing,     // upright, alone, every module a square of the same size
};

// Nothing found: an empty optional. ZXing threw, as 1.4 does at a bit stream that ends early: camera_decoder_lost; what
// state it is in then, nobody knows.
base::Result<std::optional<Symbol>> read_symbol(GreyView picture, SymbolPicture kind);

}  // namespace hal
