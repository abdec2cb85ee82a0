#pragma once

#include <string>

namespace offline_cache {

// Tells one run of the machine from the next, whatever its clock says. "unknown" where the kernel does not say.
std::string boot_id();

}  // namespace offline_cache
