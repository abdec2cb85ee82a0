// How long certificates are good for.
#pragma once

#include <chrono>
#include <filesystem>

#include "base/result.h"

namespace offline_cache {

// When the first of the certificates in a PEM file runs out. net_certificate with the reason when it cannot be read.
base::Result<std::chrono::sys_seconds> earliest_expiry(const std::filesystem::path& pem);

}  // namespace offline_cache
