#pragma once

#include <optional>
#include <string_view>

#include "gateway/http_message.h"
#include "gateway/problem.h"

namespace gateway {

// Everything about a PUT that can be judged without reading the body as JSON: id, length, media type, digest,
// idempotency key. malformed, length-required, too-large, media-type or digest-mismatch.
[[nodiscard]] std::optional<Problem> check_put_headers(const Request& request, std::string_view id);

// The same for a part, which is named by the digest of its bytes in hex.
[[nodiscard]] std::optional<Problem> check_part_headers(const Request& request, std::string_view id, std::string_view sha256);

// The same for a small JSON body that has no digest: length, media type, and at most kLargestMessage bytes.
inline constexpr std::size_t kLargestMessage = 16U * 1024U;
[[nodiscard]] std::optional<Problem> check_message_headers(const Request& request);

}  // namespace gateway
