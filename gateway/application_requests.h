#pragma once

#include <string>
#include <string_view>

#include "gateway/platform.h"
#include "gateway/problem.h"

namespace gateway {

// PUT /v1/applications/{id}: 201 the first time, 200 with the identical body for the same bytes again.
[[nodiscard]] Verdict<Response> put_application(Platform& platform, const Request& request, std::string_view id);

// PUT /v1/applications/{id}/parts/{sha256}: one attachment, before its application; 201, and 200 with the identical body again.
[[nodiscard]] Verdict<Response> put_part(Platform& platform, const Request& request, std::string_view id,
                                         std::string_view sha256);

// The body of GET /v1/applications/{id}.
[[nodiscard]] Verdict<std::string> get_application(Platform& platform, std::string_view id);

}  // namespace gateway
