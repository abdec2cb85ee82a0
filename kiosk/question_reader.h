// From the JSON of one question to a Question: the names, types and limits of every field of every kind.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "kiosk/question.h"
#include "kiosk/strict_json.h"

namespace kiosk {

inline constexpr std::size_t kLongestId = 40;         // bytes
inline constexpr std::size_t kLongestTitle = 60;      // characters
inline constexpr std::size_t kLongestLabel = 40;      // characters
inline constexpr std::size_t kLongestSentence = 160;  // characters

// The kinds by the names a definition gives them.
struct KindName {
  std::string_view name;
  InputKind kind;
};
std::span<const KindName> kind_names();

std::optional<Question> read_question(StrictObject object);

// Shared with the rest of the definition.
std::string read_id(StrictObject& object, const std::string& key, std::string_view also);
std::optional<JsonSchema> read_schema(StrictObject& object, const std::string& key);

}  // namespace kiosk
