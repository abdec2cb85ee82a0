// Where the fields of the four text layouts stand, as data. Private to the person record's codec.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "hal/person.h"

namespace hal {

struct RecordField {
  std::size_t offset;  // bytes
  std::size_t length;  // bytes
  std::variant<base::Secret Person::*, std::string Person::*> member;
};

struct RecordLayout {
  char32_t letter;  // at byte 248
  DocumentKind document;
  std::size_t sex_offset;
  std::span<const RecordField> fields;
};

inline constexpr std::size_t kLetterOffset = 248;

// Y keeps the English name in two places; the second goes on where the first is full.
inline constexpr std::size_t kLatinFirstOffset = 52;
inline constexpr std::size_t kLatinFirstLength = 70;
inline constexpr std::size_t kLatinSecondOffset = 220;
inline constexpr std::size_t kLatinSecondLength = 22;
// Y: three characters that lead to the number of an earlier card.
inline constexpr std::size_t kLinkOffset = 250;
inline constexpr std::size_t kLinkLength = 6;

std::span<const RecordLayout> record_layouts();
const RecordLayout* layout_of(char32_t letter);  // null when unknown
const RecordLayout* layout_of(DocumentKind document);

}  // namespace hal
