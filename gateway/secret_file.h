#pragma once

#include <filesystem>

#include "base/result.h"
#include "base/secret.h"

namespace gateway {

// 32 secret bytes, in the file as 64 hex digits, mode 0600. Makes the file when it is missing; never replaces one.
// config_invalid when it is something else.
base::Result<base::Secret> load_or_create_secret(const std::filesystem::path& file);

}  // namespace gateway
