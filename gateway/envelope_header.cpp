#include "gateway/envelope_header.h"

#include "gateway/envelope.h"
#include "gateway/json_members.h"
#include "gateway/opening.h"
#include "gateway/timestamp.h"

namespace gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestTerminalName = 32;  // characters
constexpr std::size_t kKeyIdDigits = 16;
constexpr std::string_view kHexadecimal = "0123456789abcdef";
constexpr std::string_view kTerminalCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

bool is_clock(const json& header) {
  const auto clock = text_member(header, "clock");
  return clock == "synchronised" || clock == "unverified";
}
bool is_created(const json& header) { return is_timestamp(text_member(header, "created")); }
bool is_id(const json& header) { return is_application_id(text_member(header, "id")); }
bool is_key_id_at(const json& header, const char* name) {
  const auto kid = text_member(header, name);
  return kid.size() == kKeyIdDigits && consists_of(kid, kHexadecimal);
}
bool is_key_id(const json& header) { return is_key_id_at(header, "kid"); }
bool is_device(const json& header) { return is_key_id_at(header, "device"); }
bool is_suite(const json& header) {
  return is_integer(member(header, "suite"), 1) || is_integer(member(header, "suite"), kHighestSuite);
}
bool is_terminal(const json& header) {
  const auto terminal = text_member(header, "terminal");
  return terminal.size() <= kLongestTerminalName && consists_of(terminal, kTerminalCharacters);
}
bool is_header_version(const json& header) { return is_integer(member(header, "version"), 2); }

struct Rule {
  bool (*holds)(const json& header);
  std::string_view field;
  std::string_view expected;
};

constexpr Rule kRules[] = {
    {is_header_version, "/header/version", "The envelope's version is not 2."},
    {is_suite, "/header/suite", "The sealing suite is neither 1 nor 2."},
    {is_id, "/header/id", "The id is not a UUIDv7 in lower case."},
    {is_key_id, "/header/kid", "The key id is not 16 lower-case hex digits."},
    {is_device, "/header/device", "The device key id is not 16 lower-case hex digits."},
    {is_terminal, "/header/terminal", "The terminal is not 1 to 32 letters, digits, '-', '_' or '.'."},
    {is_created, "/header/created", "The time is not of the form 2026-11-23T01:41:00Z."},
    {is_clock, "/header/clock", "The clock is neither synchronised nor unverified."},
};

}  // namespace

std::optional<Problem> check_envelope_header(const json& header) {
  if (!has_exactly(header, {"clock", "created", "device", "id", "kid", "suite", "terminal", "version"}))
    return Problem{ProblemCode::malformed, "The header's members are not the eight expected.", "/header"};
  for (const Rule& rule : kRules)
    if (!rule.holds(header)) return Problem{ProblemCode::malformed, rule.expected, rule.field};
  return std::nullopt;
}

}  // namespace gateway
