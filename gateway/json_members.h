// Questions asked of JSON objects, all answered without exceptions.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

namespace gateway {

// An object with these members and no other.
inline bool has_exactly(const nlohmann::json& value, std::initializer_list<const char*> members) {
  if (!value.is_object() || value.size() != members.size()) return false;
  for (const char* member : members)
    if (!value.contains(member)) return false;
  return true;
}

// The member, or null when there is none.
inline const nlohmann::json& member(const nlohmann::json& object, const char* name) {
  static const nlohmann::json absent;
  if (!object.is_object()) return absent;
  const auto found = object.find(name);
  return found == object.end() ? absent : *found;
}

// The member's text; empty when it is absent or no string.
inline std::string_view text_member(const nlohmann::json& object, const char* name) {
  const auto* text = member(object, name).get_ptr<const std::string*>();
  return text == nullptr ? std::string_view{} : std::string_view(*text);
}

inline bool is_integer(const nlohmann::json& value, int expected) { return value.is_number_integer() && value == expected; }

inline bool consists_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace gateway
