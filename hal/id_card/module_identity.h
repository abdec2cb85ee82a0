// The serial number of a security module (answer to 12 FF): what a reader is called in logs, whatever socket it is in.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace hal {

// "05.03-20990101-0000000001-0000000002". Empty for anything but 16 bytes, and for the rubbish some readers give right
// after power-up (all bytes equal, or a first pair that does not fit its two digits).
std::string module_identity(std::span<const std::uint8_t> data);

}  // namespace hal
