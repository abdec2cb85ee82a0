#include "hal/scanner/aim_identifier.h"

namespace hal {
namespace {

bool is_modifier_digit(char c) { return c >= '0' && c <= '9'; }
bool is_symbology_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::optional<AimIdentifier> parse_aim_identifier(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kAimIdentifierSize || bytes[0] != ']') return std::nullopt;
  const AimIdentifier identifier{static_cast<char>(bytes[1]), static_cast<char>(bytes[2])};
  if (!is_symbology_letter(identifier.symbology)) return std::nullopt;
  if (!is_modifier_digit(identifier.modifier) && !is_symbology_letter(identifier.modifier)) return std::nullopt;
  return identifier;
}

std::string to_string(AimIdentifier identifier) { return {']', identifier.symbology, identifier.modifier}; }

bool is_gs1(AimIdentifier identifier) {
  switch (identifier.symbology) {
    case 'C':  // Code 128
      return identifier.modifier == '1';
    case 'e':  // DataBar
      return identifier.modifier == '0';
    case 'd':  // Data Matrix; 5 with an ECI
      return identifier.modifier == '2' || identifier.modifier == '5';
    case 'Q':  // QR; 4 with an ECI
      return identifier.modifier == '3' || identifier.modifier == '4';
    default:
      return false;
  }
}

bool is_structured_append(AimIdentifier identifier) {
  const char modifier = identifier.modifier;
  return identifier.symbology == 'z' && ((modifier >= '6' && modifier <= '9') || modifier == 'A' || modifier == 'B');
}

}  // namespace hal
