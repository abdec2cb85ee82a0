// The office's X25519 key pair. Applications are sealed to its public half; only here can they be opened.
// The file holds the secret half as 64 hex digits, mode 0600. Losing it loses every application sealed to it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gateway {

class OfficeKey {
 public:
  using Bytes = std::array<std::uint8_t, 32>;

  explicit OfficeKey(const Bytes& secret);
  ~OfficeKey();
  OfficeKey(OfficeKey&& other) noexcept;
  OfficeKey& operator=(OfficeKey&&) = delete;

  // config_unreadable when it is missing; config_invalid when it is no key, or others than the owner may read it.
  static base::Result<OfficeKey> load(const std::filesystem::path& file);
  // Makes the file when it is missing; never replaces one.
  static base::Result<OfficeKey> load_or_create(const std::filesystem::path& file);

  const std::string& id() const { return id_; }  // first 16 hex digits of SHA-256(public key)
  std::string public_hex() const;

  // What crypto_box_seal put in, or nothing when it was not sealed to this key or was changed since.
  std::optional<std::string> open(std::string_view sealed) const;

 private:
  Bytes secret_;
  Bytes public_{};
  std::string id_;
};

}  // namespace gateway
