// The envelope is what a terminal sends and what is stored: a clear header, the application sealed to the office's key
// together with the same header, so that nobody on the way can put another header on it, and the terminal's signature.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/device_list.h"
#include "gateway/digest.h"
#include "gateway/office_key.h"
#include "gateway/problem.h"

namespace gateway {

inline constexpr std::size_t kLargestEnvelope = 262'144;  // bytes

inline constexpr int kMostParts = 4;                  // of one application
inline constexpr std::size_t kLargestPart = 528'384;  // bytes

// An attachment as the sealed application names it.
struct NamedPart {
  std::string field, media_type;
  Digest digest{};  // of the part as it is sent
  std::int64_t bytes = 0;
  friend bool operator==(const NamedPart&, const NamedPart&) = default;
};

struct OpenedEnvelope {
  std::string id;  // UUIDv7, lower case
  std::string terminal;
  std::string created;  // by the terminal's clock
  Digest plaintext_digest{};
  nlohmann::json application;      // personal data: to be checked and dropped, never logged or stored
  std::vector<NamedPart> parts{};  // in their order
};

// An attachment is sent and stored by itself, before its application, sealed and signed in the same way:
//   linli-part 1\n<header>\n<signature, base64>\n<sealed bytes>
struct OpenedPart {
  std::string application;  // id
  int ordinal = 1;
  NamedPart name;
  std::string attachment;  // personal data, as above
};

// What the name of a file with such an attachment ends with; "bin" for a media type that is not known.
std::string_view extension_of(std::string_view media_type);

// UUIDv7 in the one spelling the contract has: 36 characters, lower case.
bool is_application_id(std::string_view text);

// Checks everything but the application itself (see application_check.h). malformed, unknown-device, signature-broken,
// unknown-key, seal-broken, header-mismatch or application-invalid.
[[nodiscard]] Verdict<OpenedEnvelope> open_envelope(std::string_view envelope, const OfficeKeys& keys, const DeviceList& devices);
[[nodiscard]] Verdict<OpenedPart> open_part(std::string_view part, const OfficeKeys& keys, const DeviceList& devices);

}  // namespace gateway
