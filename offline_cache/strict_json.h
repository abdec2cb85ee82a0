// Reads one JSON object from outside, as strictly as RFC 8259 allows: duplicate keys, deep nesting, long keys, invalid
// UTF-8, numbers out of range and trailing bytes are all refused. Only scalar members of the object and of objects
// directly inside it are kept, which is all that answers and envelopes need.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace offline_cache {

inline constexpr std::size_t kDeepestJson = 16;      // nested objects and arrays
inline constexpr std::size_t kLongestJsonKey = 128;  // bytes

// "id" → "…", "header/kid" → "…". Integers are kept in decimal; true, false, null and fractions are not kept.
struct FlatJson {
  std::map<std::string, std::string, std::less<>> strings;
  std::map<std::string, long long, std::less<>> integers;

  std::string_view string(std::string_view path) const;  // empty when absent
};

// Error: failure `internal`, detail says why (never the content).
base::Result<FlatJson> read_strict_json(std::string_view text, std::size_t limit);

}  // namespace offline_cache
