// Looks at a queue that no kiosk has open, and changes nothing.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace offline_cache {

// False when there is no queue under `data` yet. save_store_locked: a process owns it, ask that one. save_store_newer,
// save_store_corrupt: as open_outbox() would find it.
base::Result<bool> check_store(const std::filesystem::path& data);

}  // namespace offline_cache
