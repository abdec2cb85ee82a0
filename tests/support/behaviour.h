// Everything the fault server can do to a request. Numbers are rows of the fault table of the facts (reliability §6).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace test_support {

enum class Behaviour : std::uint8_t {
  honest,
  silent,               // 30: reads, never answers
  slow,                 // 31: the honest answer, one byte at a time, never the last
  slow_head,            // 31: the header, one byte at a time, never the end
  reset,                // 32: RST in the middle of the answer
  reset_before,         // 32: RST without an answer; no effect
  consume_and_close,    // 33, 34: the effect, and no answer
  truncated_length,     // 35: Content-Length says more than comes
  truncated_chunked,    // 35: chunked, without the last chunk
  truncated_close,      // 35: no length, closed in the middle: libcurl calls it a success
  page,                 // 36: 200 text/html, a captive portal
  page_as_json,         // 36: the same page, claiming application/json
  redirect,             // 36: 302 to a portal
  network_login,        // 36: 511
  other_id,             // 37: 201 for somebody else's application
  other_digest,         // 37: 201, wrong digest
  wrong_signature,      // 37: 201, everything right but the signature
  no_signature,         // 37: 201, everything right but not signed
  no_number,            // 201 without a number
  lost_then_duplicate,  // 38: the effect, no answer; asked again: 409 duplicate with the receipt
  malformed,            // 39: 400 problem
  different_body,       // 39: 409 problem
  too_large,            // 39: 413 problem
  wrong_media_type,     // 39: 415 problem
  seal_broken,          // 39: 422 problem
  proxy_bad_request,    // 400 text/html of something in between
  unauthorised,         // 40: 401
  forbidden,            // 40: 403
  not_found,            // 40: 404
  gone,                 // 40: 410
  timed_out,            // 408
  too_early,            // 425
  too_many,             // 41: 429, with the step's Retry-After
  in_progress,          // 409 problem that means: later
  broken,               // 42, 43: 500
  bad_gateway,          // 43: 502
  busy,                 // 43: 503, with the step's Retry-After
  gateway_timeout,      // 43: 504
  huge,                 // 44: 200, 10 MB of JSON space without a length
  many_headers,         // 44: 20 MB of headers
  gzip_bomb,            // 44: 200, Content-Encoding: gzip, 10 MB of zeros when unpacked
  deep,                 // 45: 200, 10 000 nested arrays
  duplicate_keys,       // 45: 201, "id" twice
  not_a_number,         // 45: 201 with NaN
  too_big_a_number,     // 45: 201 with 1e999
  bad_utf8,             // 45: 201 with a broken sequence
  garbage,              // bytes that are not HTTP
  forgets_parts,        // the platform was restored: the application's parts are gone, and it says so
};

std::span<const std::string_view> behaviour_names();  // in the order of the enumeration
std::string_view name_of(Behaviour behaviour);
Behaviour behaviour_of(std::string_view name);  // aborts for any other text

struct Step {
  Behaviour behaviour = Behaviour::honest;
  std::string retry_after{};  // for too_many and busy; empty: none
};

}  // namespace test_support
