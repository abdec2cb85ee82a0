// The symbology identifier of ISO/IEC 15424 that a scanner may send before a code: `]`, a letter for the kind of symbol,
// and a modifier. "]Q1" is a QR code, "]Q3" one after GS1, "]C0" a Code 128. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace hal {

struct AimIdentifier {
  char symbology = 0;  // a letter
  char modifier = 0;   // a digit, or a letter after 9

  friend bool operator==(const AimIdentifier&, const AimIdentifier&) = default;
};

inline constexpr std::size_t kAimIdentifierSize = 3;

// Of the first three bytes; nothing when they are no identifier.
std::optional<AimIdentifier> parse_aim_identifier(std::span<const std::uint8_t> bytes);
std::string to_string(AimIdentifier identifier);  // "]Q1"

// The data follows GS1: its fields are ended by GS (1D).
bool is_gs1(AimIdentifier identifier);
// One of several symbols that belong together. Of the symbols we meet only Aztec says so here; QR never does.
bool is_structured_append(AimIdentifier identifier);

}  // namespace hal
