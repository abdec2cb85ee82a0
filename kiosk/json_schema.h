// JSON Schema, limited to the keywords that mean the same in draft-07 and 2020-12 (facts: published contract §4.5):
// type properties required additionalProperties enum const pattern minLength maxLength minimum maximum
// exclusiveMinimum exclusiveMaximum multipleOf items minItems maxItems oneOf anyOf allOf not if then else $defs $ref.
// Patterns are held to a subset that cannot run away (pattern_cost.h); a value with a text of more than
// kLongestMatchedText bytes never fits. A compiled schema is used by one thread at a time.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"

namespace kiosk {

class JsonSchema {
 public:
  // service_broken, with the JSON pointer of the keyword that is not allowed or wrong.
  static base::Result<JsonSchema> compile(const nlohmann::json& schema);
  static JsonSchema anything();  // accepts every value
  ~JsonSchema();
  JsonSchema(JsonSchema&&) noexcept;
  JsonSchema& operator=(JsonSchema&&) noexcept;

  bool accepts(const nlohmann::json& value) const;
  // As accepts(), with "/pointer: reason". The reason never holds the value itself.
  base::Status check(const nlohmann::json& value) const;

 private:
  struct Compiled;
  explicit JsonSchema(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace kiosk
