// The smart card service of pcsc-lite (pcscd). One in a process: those that look for readers share what the client library
// (1.9.9) knows of them, without a lock.
#pragma once

#include <memory>
#include <string>

#include "hal/pcsc/smart_card_system.h"

namespace hal {

// Only readers whose name begins with `reader_prefix` ("ACME Reader", of port pcsc:ACME Reader); empty: all.
std::unique_ptr<SmartCardSystem> make_pcsclite_system(std::string reader_prefix = {});

}  // namespace hal
