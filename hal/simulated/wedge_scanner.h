// A scanner that types what it reads: key events as evdev gives them, each key down and up, with Shift where a US keyboard
// needs it and Enter at the end. Control characters come out as Ctrl combinations, which is how a barcode attacks
// ("BadBarcode"); what is not ASCII as Alt and keypad digits, which only Windows understands.
#pragma once

#include <cstdint>

#include "hal/simulated/scanner_model.h"

namespace hal {

struct WedgeScannerSetting {
  char suffix = '\r';      // '\t', or 0: none
  bool caps_lock = false;  // types as if Caps Lock were on, and presses it before and after each code
};

class WedgeScanner final : public ScannerModel {
 public:
  explicit WedgeScanner(WedgeScannerSetting setting = {});

  void press(std::uint16_t key);  // one key by hand, such as KEY_F1
  void drop_events();             // the system had no room: SYN_DROPPED
  std::string_view commands() const override;

 private:
  std::vector<Piece> encode(std::string_view code, AimIdentifier symbology, TimePoint at) override;

  bool carry_out(const ModelCommand& command) override;

  const WedgeScannerSetting setting_;
  const std::string commands_ = std::string(ScannerModel::commands()) +
                                "press KEY            one key by hand, by its number in linux/input-event-codes.h\n"
                                "drop-events          the system had no room for some\n";
};

}  // namespace hal
