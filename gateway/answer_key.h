// The platform's own Ed25519 key. It signs every receipt, so that no portal, proxy or test server on the way can
// acknowledge an application. The file holds the 32 secret bytes as 64 hex digits, mode 0600.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace gateway {

class AnswerKey {
 public:
  explicit AnswerKey(base::Secret seed);
  // Makes the file when it is missing; never replaces one. config_invalid when it is no key.
  static base::Result<AnswerKey> load_or_create(const std::filesystem::path& file);

  std::string public_hex() const;
  std::string sign(std::string_view message) const;  // 64 bytes; the same message always gets the same

 private:
  base::Secret seed_;
};

}  // namespace gateway
