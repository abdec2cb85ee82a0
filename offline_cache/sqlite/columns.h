// How values of ours stand in columns.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/failure.h"

namespace offline_cache {

template <class Array>
std::string_view blob_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.data()), array.size()};
}

// All zeros when the size differs.
template <class Array>
Array array_of(std::string_view blob) {
  Array array{};
  if (blob.size() == array.size()) std::ranges::copy(blob, reinterpret_cast<char*>(array.data()));
  return array;
}

inline std::int64_t milliseconds(base::WallTime at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}
inline base::WallTime wall_time(std::int64_t ms) { return base::WallTime{std::chrono::milliseconds(ms)}; }

inline std::string_view code_of(const std::optional<base::Failure>& failure) {
  return failure ? base::entry(*failure).code : std::string_view();
}

}  // namespace offline_cache
