#include "offline_cache/sealing/office_key.h"

#include <sodium.h>

#include <algorithm>

#include "base/hex.h"
#include "offline_cache/digest.h"

namespace offline_cache {

bool sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

base::Result<OfficeKey> OfficeKey::parse(std::string_view hex) {
  const auto bytes = base::from_hex(hex);
  if (!bytes || bytes->size() != crypto_box_PUBLICKEYBYTES)
    return base::Error{base::Failure::save_no_seal_key, "the office key is not 64 hex digits"};
  OfficeKey key;
  std::ranges::copy(*bytes, key.public_key.begin());
  const Digest digest = sha256({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  key.id = base::to_hex({digest.data(), 8});
  std::array<unsigned char, crypto_box_SEALBYTES> trial{};
  if (!sodium_ready() || crypto_box_seal(trial.data(), nullptr, 0, key.public_key.data()) != 0)
    return base::Error{base::Failure::save_no_seal_key, "nothing can be sealed to the office key"};
  return key;
}

}  // namespace offline_cache
