// JSON as RFC 8259 has it, and stricter where readers differ and an attacker could say two things at once: no
// duplicate member, no byte order mark, no zero byte, strict UTF-8, and not nested deeper than kDeepestJson.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <tl/expected.hpp>

namespace gateway {

inline constexpr int kDeepestJson = 32;  // objects and arrays inside one another

// The error is a constant sentence; it never repeats the input.
[[nodiscard]] tl::expected<nlohmann::json, std::string_view> parse_strict_json(std::string_view text);

}  // namespace gateway
