#include "offline_cache/registrar/audit_signer.h"

#include "offline_cache/sealing/device_key.h"

namespace offline_cache {

base::Result<AuditSigner> device_signer(const std::filesystem::path& data, const std::filesystem::path& device_key) {
  constexpr int kSuite = 1;
  auto loaded = DeviceKey::load_or_create(device_key.empty() ? DeviceKey::usual_place(data, kSuite) : device_key, kSuite);
  if (!loaded) return loaded.error();
  auto key = std::make_shared<DeviceKey>(*std::move(loaded));  // std::function wants to be copied
  return AuditSigner{key->id(), [key](std::string_view text) { return key->sign(text).value_or({}); }};
}

}  // namespace offline_cache
