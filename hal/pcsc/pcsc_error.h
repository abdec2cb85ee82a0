// The one place that knows what PC/SC's return codes mean for us.
#pragma once

#include <optional>

#include "hal/pcsc/smart_card_system.h"

namespace hal {

// Nothing for success, nor for a wait whose time is over.
std::optional<SmartCardError> pcsc_error(long code);

}  // namespace hal
