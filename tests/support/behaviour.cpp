#include "tests/support/behaviour.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace test_support {
namespace {

constexpr std::array<std::string_view, 48> kNames{"honest",
                                                  "silent",
                                                  "slow",
                                                  "slow_head",
                                                  "reset",
                                                  "reset_before",
                                                  "consume_and_close",
                                                  "truncated_length",
                                                  "truncated_chunked",
                                                  "truncated_close",
                                                  "page",
                                                  "page_as_json",
                                                  "redirect",
                                                  "network_login",
                                                  "other_id",
                                                  "other_digest",
                                                  "wrong_signature",
                                                  "no_signature",
                                                  "no_number",
                                                  "lost_then_duplicate",
                                                  "malformed",
                                                  "different_body",
                                                  "too_large",
                                                  "wrong_media_type",
                                                  "seal_broken",
                                                  "proxy_bad_request",
                                                  "unauthorised",
                                                  "forbidden",
                                                  "not_found",
                                                  "gone",
                                                  "timed_out",
                                                  "too_early",
                                                  "too_many",
                                                  "in_progress",
                                                  "broken",
                                                  "bad_gateway",
                                                  "busy",
                                                  "gateway_timeout",
                                                  "huge",
                                                  "many_headers",
                                                  "gzip_bomb",
                                                  "deep",
                                                  "duplicate_keys",
                                                  "not_a_number",
                                                  "too_big_a_number",
                                                  "bad_utf8",
                                                  "garbage",
                                                  "forgets_parts"};
static_assert(kNames.size() == static_cast<std::size_t>(Behaviour::forgets_parts) + 1);

}  // namespace

std::span<const std::string_view> behaviour_names() { return kNames; }

std::string_view name_of(Behaviour behaviour) { return kNames.at(static_cast<std::size_t>(behaviour)); }

Behaviour behaviour_of(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) std::abort();
  return static_cast<Behaviour>(found - kNames.begin());
}

}  // namespace test_support
