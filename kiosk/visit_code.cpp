// What the code scanner says. It is armed by a WantCode and delivers nothing else.
#include "kiosk/visit.h"

namespace kiosk {

void Visit::on(hal::CodeScannerEvent event) {
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) state_.scanner = *health;
}

}  // namespace kiosk
