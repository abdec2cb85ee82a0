// A scanner as HID Point of Sale devices are: its report descriptor says where in a report what lies, and no two makers
// agree. Long codes come in several reports.
#pragma once

#include <cstdint>

#include "hal/simulated/scanner_model.h"

namespace hal {

enum class HidPosVariant : std::uint8_t {
  honeywell,  // count, AIM identifier, 56 bytes of data, vendor code, "continued" in the last byte; has to be enabled (FE 01)
  newland,    // count, 56 bytes of data, vendor code; neither identifier nor "continued"
  third,      // no report id: AIM identifier, "continued" in a high bit, a count of 16 bits, 58 bytes of data
  keyboard,   // the same scanner after somebody showed it the sheet that makes it a keyboard
};

class HidPosScanner final : public ScannerModel {
 public:
  explicit HidPosScanner(HidPosVariant variant = HidPosVariant::honeywell);

  void set_deaf(bool deaf);  // does not take what it is told
  std::string_view commands() const override;

 private:
  std::vector<Piece> encode(std::string_view code, AimIdentifier symbology, TimePoint at) override;
  bool hear(std::span<const std::uint8_t> bytes) override;
  bool reads() const override { return enabled_; }
  void power_on() override;
  bool carry_out(const ModelCommand& command) override;

  const HidPosVariant variant_;
  bool enabled_;
  bool deaf_ = false;
  const std::string commands_ = std::string(ScannerModel::commands()) + "deaf on|off          does not take what it is told\n";
};

// The report descriptor of each variant, written for these models.
std::vector<std::uint8_t> hid_pos_descriptor(HidPosVariant variant);

}  // namespace hal
