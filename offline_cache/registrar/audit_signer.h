#pragma once

#include <filesystem>

#include "offline_cache/audit_log.h"

namespace offline_cache {

// Signs with this machine's Ed25519 key (offline_cache/sealing/device_key.h), which is made when it is missing.
base::Result<AuditSigner> device_signer(const std::filesystem::path& data, const std::filesystem::path& device_key);

}  // namespace offline_cache
