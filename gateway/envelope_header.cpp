#include "gateway/envelope_header.h"

#include <span>

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
bool is_application(const json& header) { return is_application_id(text_member(header, "application")); }
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
bool is_part_version(const json& header) { return is_integer(member(header, "version"), 1); }
bool is_part_number(const json& header) {
  const auto& part = member(header, "part");
  return part.is_number_integer() && part >= 1 && part <= kMostParts;
}

struct Rule {
  bool (*holds)(const json& header);
  std::string_view field;
  std::string_view expected;
};

constexpr Rule kSuite{is_suite, "/header/suite", "The sealing suite is neither 1 nor 2."};
constexpr Rule kKeyId{is_key_id, "/header/kid", "The key id is not 16 lower-case hex digits."};
constexpr Rule kDevice{is_device, "/header/device", "The device key id is not 16 lower-case hex digits."};
constexpr Rule kTerminal{is_terminal, "/header/terminal", "The terminal is not 1 to 32 letters, digits, '-', '_' or '.'."};

constexpr Rule kRules[] = {
    {is_header_version, "/header/version", "The envelope's version is not 2."},
    kSuite,
    {is_id, "/header/id", "The id is not a UUIDv7 in lower case."},
    kKeyId,
    kDevice,
    kTerminal,
    {is_created, "/header/created", "The time is not of the form 2026-11-23T01:41:00Z."},
    {is_clock, "/header/clock", "The clock is neither synchronised nor unverified."},
};

constexpr Rule kPartRules[] = {
    {is_part_version, "/header/version", "The part's version is not 1."},
    kSuite,
    {is_application, "/header/application", "The application's id is not a UUIDv7 in lower case."},
    {is_part_number, "/header/part", "The part is not 1 to 4."},
    kKeyId,
    kDevice,
    kTerminal,
};

std::optional<Problem> first_broken(std::span<const Rule> rules, const json& header) {
  for (const Rule& rule : rules)
    if (!rule.holds(header)) return Problem{ProblemCode::malformed, rule.expected, rule.field};
  return std::nullopt;
}

}  // namespace

std::optional<Problem> check_part_header(const json& header) {
  if (!has_exactly(header, {"application", "device", "kid", "part", "suite", "terminal", "version"}))
    return Problem{ProblemCode::malformed, "The header's members are not the seven expected.", "/header"};
  return first_broken(kPartRules, header);
}

std::optional<Problem> check_envelope_header(const json& header) {
  if (!has_exactly(header, {"clock", "created", "device", "id", "kid", "suite", "terminal", "version"}))
    return Problem{ProblemCode::malformed, "The header's members are not the eight expected.", "/header"};
  return first_broken(kRules, header);
}

}  // namespace gateway
