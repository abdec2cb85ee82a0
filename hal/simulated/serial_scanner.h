// A scanner on a serial line or a CDC-ACM port: the bytes of a code and a suffix, in packets of 64 as USB makes them.
#pragma once

#include <string>

#include "hal/simulated/scanner_model.h"

namespace hal {

struct SerialScannerSetting {
  std::string suffix = "\r";    // empty: none; the code ends by silence
  bool aim_identifier = false;  // "]Q1" before every code
};

class SerialScanner final : public ScannerModel {
 public:
  explicit SerialScanner(SerialScannerSetting setting = {});

 private:
  std::vector<Piece> encode(std::string_view code, AimIdentifier symbology, TimePoint at) override;

  const SerialScannerSetting setting_;
};

}  // namespace hal
