#include "offline_cache/sealing/office_key.h"

#include "base/hex.h"
#include "offline_cache/digest.h"
#include "offline_cache/sealing/suite.h"

namespace offline_cache {
namespace {

base::WallTime began(const OfficeKey& key) { return key.not_before.value_or(base::WallTime::min()); }

bool valid(const OfficeKey& key, base::WallTime now) { return began(key) <= now && (!key.not_after || now < *key.not_after); }

}  // namespace

base::Result<OfficeKey> OfficeKey::parse(std::string_view hex, int suite) {
  const Suite* known = find_suite(suite);
  if (known == nullptr) return base::Error{base::Failure::save_no_seal_key, "there is no such suite"};
  const auto bytes = base::from_hex(hex);
  if (!bytes || bytes->size() != known->public_key_bytes())
    return base::Error{base::Failure::save_no_seal_key,
                       suite == 1 ? "the office key is not 64 hex digits" : "the office key is not 130 hex digits"};
  OfficeKey key;
  key.suite = suite;
  key.public_key.assign(bytes->begin(), bytes->end());
  key.id = base::to_hex({sha256(key.public_key).data(), 8});
  if (!known->seal("", key.public_key))
    return base::Error{base::Failure::save_no_seal_key, "nothing can be sealed to the office key"};
  return key;
}

ChosenKey choose_key(std::span<const OfficeKey> keys, base::WallTime now, bool clock_synchronised) {
  if (keys.empty()) return {};
  if (!clock_synchronised) return {&keys.front(), false};
  const OfficeKey* best = nullptr;
  for (const OfficeKey& key : keys)
    if (valid(key, now) && (best == nullptr || began(key) >= began(*best))) best = &key;
  if (best != nullptr) return {best, false};
  best = &keys.front();  // the last that was valid: of those that have begun, the one that began last
  for (const OfficeKey& key : keys)
    if (began(key) <= now && (began(*best) > now || began(key) > began(*best))) best = &key;
  return {best, true};
}

}  // namespace offline_cache
