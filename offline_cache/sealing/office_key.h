// The office's public keys. Only the office holds the other half: a stolen machine contains no key that opens anything.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace offline_cache {

struct OfficeKey {
  int suite = 1;                                            // offline_cache/sealing/suite.h
  std::string public_key;                                   // bytes: 32 in suite 1, 65 in suite 2
  std::string id;                                           // `kid`: first 16 hex digits of SHA-256 of the key
  std::optional<base::WallTime> not_before{}, not_after{};  // nothing: no limit on that side

  // 64 hex digits in suite 1, 130 in suite 2. save_no_seal_key when it is not a key, including the points nothing can be
  // sealed to.
  static base::Result<OfficeKey> parse(std::string_view hex, int suite = 1);
};

struct ChosenKey {
  const OfficeKey* key = nullptr;  // null: there is none at all
  bool overdue = false;            // no key is valid now; the newest is used all the same, and somebody should know
};

// The key to seal to: of those valid now, the one whose validity began last; of equal ones the later in the list. When
// none is valid, the one that began last. A clock nobody vouches for decides nothing: then it is the first of the list,
// the current one. Never nothing as long as there is a key: the office can open what was sealed to an old one, and what
// was refused is lost.
ChosenKey choose_key(std::span<const OfficeKey> keys, base::WallTime now, bool clock_synchronised);

}  // namespace offline_cache
