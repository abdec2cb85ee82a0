#include "hal/scanner/known_scanners.h"

#include <utility>

#include "hal/transport/hidraw/hid_report_kinds.h"

namespace hal {

UdevSelector hid_pos_scanners(std::string port) { return {{}, kBarcodeScannerPage, std::move(port)}; }

UdevSelector wedge_scanners(std::string port) {
  if (!port.empty()) return {{}, 0, std::move(port)};
  return {{kScannerVendors.begin(), kScannerVendors.end()}, 0, {}};
}

}  // namespace hal
