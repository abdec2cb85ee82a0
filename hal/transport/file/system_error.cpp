#include "hal/transport/file/system_error.h"

#include <cerrno>

namespace hal {

std::optional<TransportError> transport_error(int error_number) {
  if (error_number == EAGAIN || error_number == EINTR) return std::nullopt;
  return TransportError::gone;  // EIO, ENODEV, ECONNRESET, EPIPE …: whatever it was, only opening anew helps
}

std::optional<base::Failure> open_failure(int error_number) {
  switch (error_number) {
    case 0:
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
      return std::nullopt;
    case EACCES:
    case EPERM:
      return base::Failure::device_no_permission;
    default:  // in use, not what the configuration says, or the system has no room for it
      return base::Failure::device_port_invalid;
  }
}

}  // namespace hal
