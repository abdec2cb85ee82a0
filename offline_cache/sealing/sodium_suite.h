#pragma once

#include "offline_cache/sealing/suite.h"

namespace offline_cache {

class SodiumSuite final : public Suite {
 public:
  int number() const override { return 1; }
  std::size_t public_key_bytes() const override { return 32; }
  std::optional<std::string> seal(std::string_view plaintext, std::string_view public_key) const override;
  std::optional<base::Secret> make_signing_key() const override;
  std::optional<std::string> public_half(const base::Secret& signing_key) const override;
  std::optional<std::string> sign(std::string_view message, const base::Secret& signing_key) const override;
};

// libsodium is ready; once per process, any thread.
bool sodium_ready();

}  // namespace offline_cache
