#include "kiosk/schema_keywords.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "kiosk/pattern_cost.h"

namespace kiosk {
namespace {

using nlohmann::json;

enum class Shape : std::uint8_t {
  types,
  schema,
  schema_or_bool,
  schemas,
  schema_map,
  names,
  anything,
  values,
  pattern,
  count,
  number,
  positive,
  reference
};

struct Keyword {
  std::string_view name;
  Shape shape;
};

constexpr std::array kKeywords{
    Keyword{"type", Shape::types},
    Keyword{"properties", Shape::schema_map},
    Keyword{"required", Shape::names},
    Keyword{"additionalProperties", Shape::schema_or_bool},
    Keyword{"enum", Shape::values},
    Keyword{"const", Shape::anything},
    Keyword{"pattern", Shape::pattern},
    Keyword{"minLength", Shape::count},
    Keyword{"maxLength", Shape::count},
    Keyword{"minimum", Shape::number},
    Keyword{"maximum", Shape::number},
    Keyword{"exclusiveMinimum", Shape::number},
    Keyword{"exclusiveMaximum", Shape::number},
    Keyword{"multipleOf", Shape::positive},
    Keyword{"items", Shape::schema},
    Keyword{"minItems", Shape::count},
    Keyword{"maxItems", Shape::count},
    Keyword{"oneOf", Shape::schemas},
    Keyword{"anyOf", Shape::schemas},
    Keyword{"allOf", Shape::schemas},
    Keyword{"not", Shape::schema},
    Keyword{"if", Shape::schema},
    Keyword{"then", Shape::schema},
    Keyword{"else", Shape::schema},
    Keyword{"$defs", Shape::schema_map},
    Keyword{"$ref", Shape::reference},
};
constexpr std::array<std::string_view, 7> kTypes{"string", "number", "integer", "boolean", "object", "array", "null"};

bool is_type(const json& value) {
  return value.is_string() && std::find(kTypes.begin(), kTypes.end(), value.get_ref<const std::string&>()) != kTypes.end();
}

bool all_strings(const json& array) {
  return array.is_array() && std::all_of(array.begin(), array.end(), [](const json& item) { return item.is_string(); });
}

class KeywordChecker {
 public:
  explicit KeywordChecker(const json& root) : root_(root) {}

  base::Status schema(const json& schema, const json::json_pointer& at, int depth) {
    if (!schema.is_object()) return refuse(at, "a schema is an object");
    if (depth > kDeepestSchema) return refuse(at, "schemas nested too deep");
    if (schema.contains("$ref") && schema.size() > 1) return refuse(at / "$ref", "$ref stands alone");
    for (const auto& [name, value] : schema.items())
      if (auto status = keyword(name, value, at, depth); !status) return status;
    return {};
  }

 private:
  static base::Status refuse(const json::json_pointer& at, std::string_view reason) {
    return {base::Failure::service_broken, fmt::format("{}: {}", at.to_string(), reason)};
  }

  base::Status keyword(const std::string& name, const json& value, const json::json_pointer& at, int depth) {
    const auto* known = std::find_if(kKeywords.begin(), kKeywords.end(), [&](const Keyword& k) { return k.name == name; });
    const auto here = at / name;
    if (known == kKeywords.end()) return refuse(here, "this keyword is not allowed");
    if (name == "$defs" && depth > 0) return refuse(here, "$defs stand at the top of the schema");
    if (name == "$ref" && in_definitions_) return refuse(here, "a $ref inside $defs is not allowed");
    in_definitions_ = in_definitions_ || name == "$defs";
    auto status = nested(known->shape, value, here, depth);
    if (name == "$defs") in_definitions_ = false;
    return status;
  }

  base::Status nested(Shape shape, const json& value, const json::json_pointer& here, int depth) {
    if (shape == Shape::schema) return schema(value, here, depth + 1);
    if (shape == Shape::schema_or_bool) return value.is_boolean() ? base::Status{} : schema(value, here, depth + 1);
    if (shape != Shape::schemas && shape != Shape::schema_map) return plain(shape, value, here);
    if (shape == Shape::schemas ? !value.is_array() || value.empty() : !value.is_object())
      return refuse(here, shape == Shape::schemas ? "needs a list of schemas" : "needs an object of schemas");
    for (const auto& [key, item] : value.items())
      if (auto status = schema(item, here / key, depth + 1); !status) return status;
    return {};
  }

  base::Status plain(Shape shape, const json& value, const json::json_pointer& here) {
    const bool whole = value.is_number_unsigned() && value.get<std::uint64_t>() <= 1'000'000;
    switch (shape) {
      case Shape::types:
        if (is_type(value)) return {};
        if (value.is_array() && !value.empty() && std::all_of(value.begin(), value.end(), is_type)) return {};
        return refuse(here, "needs string, number, integer, boolean, object, array or null");
      case Shape::names:
        return all_strings(value) ? base::Status{} : refuse(here, "needs a list of names");
      case Shape::values:
        return value.is_array() && !value.empty() ? base::Status{} : refuse(here, "needs a list of values");
      case Shape::count:
        return whole ? base::Status{} : refuse(here, "needs a whole number from 0 to 1000000");
      case Shape::number:
        return value.is_number() ? base::Status{} : refuse(here, "needs a number");
      case Shape::positive:
        return value.is_number() && value.get<double>() > 0 ? base::Status{} : refuse(here, "needs a number above 0");
      case Shape::pattern:
        return pattern(value, here);
      case Shape::reference:
        return reference(value, here);
      case Shape::anything:
      case Shape::schema:
      case Shape::schema_or_bool:
      case Shape::schemas:
      case Shape::schema_map:
        return {};
    }
    return {};
  }

  static base::Status pattern(const json& value, const json::json_pointer& here) {
    if (!value.is_string()) return refuse(here, "needs a text");
    const auto status = check_pattern(value.get_ref<const std::string&>());
    return status ? base::Status{} : refuse(here, status.error().detail);
  }

  base::Status reference(const json& value, const json::json_pointer& here) {
    constexpr std::string_view kPrefix = "#/$defs/";
    const auto target = value.is_string() ? std::string_view(value.get_ref<const std::string&>()) : std::string_view{};
    const auto name = std::string(target.substr(std::min(kPrefix.size(), target.size())));
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (!target.starts_with(kPrefix) || name.empty() || !plain) return refuse(here, "needs \"#/$defs/NAME\"");
    if (!root_.contains("$defs") || !root_.at("$defs").is_object() || !root_.at("$defs").contains(name))
      return refuse(here, "there is no such entry in $defs");
    return {};
  }

  const json& root_;
  bool in_definitions_ = false;
};

}  // namespace

base::Status check_keywords(const json& schema) { return KeywordChecker(schema).schema(schema, json::json_pointer(), 0); }

}  // namespace kiosk
