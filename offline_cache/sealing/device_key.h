// The machine's own key, which signs every envelope, so that nobody can put a forged one into the queue or onto the wire.
// It opens nothing: whoever steals it can pretend to be this machine until the office strikes its public half off the
// list (docs/decisions/signatures.md), and reads no application.
//
// The file is one line, `ed25519 <64 hex>` (suite 1) or `sm2 <64 hex>` (suite 2), mode 0600 or stricter. It is made at the
// first start, or comes from systemd (LoadCredentialEncrypted=, which binds it to the machine's TPM).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace offline_cache {

class Suite;

class DeviceKey {
 public:
  // Made when the file is missing; never replaced. save_no_device_key, with the reason, when it cannot be read or made, is
  // of another suite, or others than its owner may read it.
  static base::Result<DeviceKey> load_or_create(const std::filesystem::path& file, int suite);

  // Where the key is when the configuration names no file: the credential `device.key` that systemd passes on, if there is
  // one, else a file of the data folder, one for each suite.
  static std::filesystem::path usual_place(const std::filesystem::path& data, int suite);

  const std::string& id() const { return id_; }  // first 16 hex digits of SHA-256 of the public half
  std::string public_line() const;               // `ed25519 <64 hex>` or `sm2 <130 hex>`: what the office is given
  base::Result<std::string> sign(std::string_view message) const;

 private:
  DeviceKey(const Suite& suite, base::Secret secret, std::string public_half);

  const Suite* suite_;
  base::Secret secret_;
  std::string public_half_, id_;
};

}  // namespace offline_cache
