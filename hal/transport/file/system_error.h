// The two places where errno becomes one of our errors.
#pragma once

#include <optional>

#include "base/failure.h"
#include "hal/transport/byte_transport.h"

namespace hal {

// Of a read or write; nothing: try again.
std::optional<TransportError> transport_error(int error_number);

// Why something that is there could not be opened; nothing: it is not there (any more).
std::optional<base::Failure> open_failure(int error_number);

}  // namespace hal
