// The office's key pairs. Applications are sealed to a public half; only here can they be opened.
// A key file holds the secret half in one line, mode 0600: 64 hex digits (suite 1, X25519), or "sm2 " and 64 hex digits
// (suite 2). Losing it loses every application sealed to it. Lines "not_before 2027-01-01T00:00:00Z" and "not_after …" may
// follow: when terminals are to seal to it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace gateway {

class OfficeKey {
 public:
  // The secret has kSecretKeyBytes bytes and is a key of the suite.
  OfficeKey(int suite, std::string_view secret);

  // config_unreadable when it is missing; config_invalid when it is no key, or others than the owner may read it.
  static base::Result<OfficeKey> load(const std::filesystem::path& file);
  // Makes the file when it is missing; never replaces one.
  static base::Result<OfficeKey> load_or_create(const std::filesystem::path& file, int suite = 1);

  int suite() const { return suite_; }
  const std::string& not_before() const { return not_before_; }  // a timestamp; empty: no limit on that side
  const std::string& not_after() const { return not_after_; }
  bool retired() const { return retired_; }  // opens, and is offered to nobody any more
  void retire() { retired_ = true; }
  const std::string& id() const { return id_; }  // first 16 hex digits of SHA-256(public key)
  std::string public_hex() const;

  // What was sealed, or nothing when it was not sealed to this key or was changed since.
  std::optional<std::string> open(std::string_view sealed) const;

  // False: the line is none of those that may follow the secret.
  bool take_line(std::string_view line);

 private:
  int suite_;
  base::Secret secret_;
  std::string public_, id_, not_before_, not_after_;
  bool retired_ = false;
};

// Every key that can open something: the current one of each suite first, then those that come after it, then the retired.
using OfficeKeys = std::vector<OfficeKey>;

inline constexpr std::size_t kMostOfferedKeys = 8;  // that are not retired

// DATA/office.key (or `first` when it is not empty) must be there; DATA/office.sm2.key, DATA/next/*.key and DATA/retired/*.key
// may be. Those in `next` need a not_before: until then nobody seals to them.
base::Result<OfficeKeys> load_office_keys(const std::filesystem::path& data, const std::filesystem::path& first);
std::filesystem::path office_key_file(const std::filesystem::path& data, int suite);

// Null when there is none.
const OfficeKey* find_key(const OfficeKeys& keys, int suite, std::string_view id);

}  // namespace gateway
