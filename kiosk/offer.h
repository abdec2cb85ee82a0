// What the hall offers: its services and notices, from the platform's catalogue or, without one, from the program's own files.
#pragma once

#include <vector>

#include "kiosk/local_text.h"
#include "kiosk/service_definition.h"

namespace kiosk {

struct Offer {
  std::vector<ServiceDefinition> services;
  std::vector<LocalText> notices;  // what the hall wants everybody to see
};

}  // namespace kiosk
