// The envelope is what a terminal sends and what is stored: a clear header, the application sealed to the office's key
// together with the same header, so that nobody on the way can put another header on it, and the terminal's signature.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "gateway/device_list.h"
#include "gateway/digest.h"
#include "gateway/office_key.h"
#include "gateway/problem.h"

namespace gateway {

inline constexpr std::size_t kLargestEnvelope = 262'144;  // bytes

struct OpenedEnvelope {
  std::string id;  // UUIDv7, lower case
  std::string terminal;
  std::string created;  // by the terminal's clock
  Digest plaintext_digest{};
  nlohmann::json application;  // personal data: to be checked and dropped, never logged or stored
};

// UUIDv7 in the one spelling the contract has: 36 characters, lower case.
bool is_application_id(std::string_view text);

// Checks everything but the application itself (see application_check.h). malformed, unknown-device, signature-broken,
// unknown-key, seal-broken, header-mismatch or application-invalid.
[[nodiscard]] Verdict<OpenedEnvelope> open_envelope(std::string_view envelope, const OfficeKeys& keys, const DeviceList& devices);

}  // namespace gateway
