#include "kiosk/json_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "kiosk/pattern_cost.h"
#include "kiosk/schema_keywords.h"

namespace kiosk {
namespace {

using base::Failure;
using nlohmann::json;

// Long texts would overflow std::regex's stack, deep values the validator's.
bool within_limits(const json& value, int depth = 0) {
  if (depth > kDeepestSchema) return false;
  if (value.is_string()) return value.get_ref<const std::string&>().size() <= kLongestMatchedText;
  if (!value.is_structured()) return true;
  return std::all_of(value.begin(), value.end(), [depth](const json& item) { return within_limits(item, depth + 1); });
}

// std::regex reports what check_pattern cannot see (an inverted range) only when it is built.
void build_patterns(const json& schema) {
  if (schema.is_object())
    if (const auto found = schema.find("pattern"); found != schema.end() && found->is_string())
      (void)std::regex(found->get_ref<const std::string&>());
  if (schema.is_structured())
    for (const auto& item : schema) build_patterns(item);
}

// ["<root>", "[\"phone\"]", "[0]"] → "/phone/0"
std::string pointer(const std::vector<std::string>& context) {
  std::string text;
  for (std::size_t i = 1; i < context.size(); ++i) {
    std::string_view step = context[i];
    if (step.starts_with('[') && step.ends_with(']')) step = step.substr(1, step.size() - 2);
    if (step.size() > 1 && step.starts_with('"') && step.ends_with('"')) step = step.substr(1, step.size() - 2);
    text.append("/").append(step);
  }
  return text;
}

}  // namespace

struct JsonSchema::Compiled {
  valijson::Schema schema;
  mutable valijson::Validator validator;  // keeps the built patterns
};

JsonSchema JsonSchema::anything() { return *compile(json::object()); }
JsonSchema::JsonSchema(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
JsonSchema::~JsonSchema() = default;
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;

base::Result<JsonSchema> JsonSchema::compile(const json& schema) {
  if (auto status = check_keywords(schema); !status) return status.error();
  auto compiled = std::make_unique<Compiled>();
  try {
    build_patterns(schema);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), compiled->schema);
  } catch (const std::exception& error) { return base::Error{Failure::service_broken, fmt::format(": {}", error.what())}; }
  return JsonSchema(std::move(compiled));
}

bool JsonSchema::accepts(const json& value) const {
  try {
    return within_limits(value) &&
           compiled_->validator.validate(compiled_->schema, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
  } catch (const std::exception&) {
    return false;  // std::regex gave up
  }
}

base::Status JsonSchema::check(const json& value) const {
  if (accepts(value)) return {};
  if (!within_limits(value))
    return {Failure::service_broken,
            fmt::format(": a text is longer than {} bytes, or it is nested too deep", kLongestMatchedText)};
  valijson::ValidationResults results;
  try {
    compiled_->validator.validate(compiled_->schema, valijson::adapters::NlohmannJsonAdapter(value), &results);
  } catch (const std::exception& error) { return {Failure::service_broken, fmt::format(": {}", error.what())}; }
  valijson::ValidationResults::Error first;
  if (!results.popError(first)) return {Failure::service_broken, ": does not fit"};
  return {Failure::service_broken, fmt::format("{}: {}", pointer(first.context), first.description)};
}

}  // namespace kiosk
