#include "kiosk/json_schema.h"

#include <gtest/gtest.h>

#include <chrono>

#include "kiosk/pattern_cost.h"

namespace {

using kiosk::JsonSchema;
using nlohmann::json;

JsonSchema schema(const json& source) {
  auto compiled = JsonSchema::compile(source);
  if (compiled) return *std::move(compiled);
  ADD_FAILURE() << source.dump() << compiled.error().detail;
  return *JsonSchema::compile(json::object());
}
JsonSchema schema(const char* text) { return schema(json::parse(text)); }

std::string refusal(const json& schema) {
  const auto compiled = JsonSchema::compile(schema);
  return compiled ? "accepted" : compiled.error().detail;
}
std::string refusal(const char* text) { return refusal(json::parse(text)); }

TEST(ASchema, accepts_what_fits_and_nothing_else) {
  const auto phone = schema(R"({"type": "string", "pattern": "^1[3-9][0-9]{9}$"})");
  EXPECT_TRUE(phone.accepts("13800138000"));
  EXPECT_FALSE(phone.accepts("1380013800"));
  EXPECT_FALSE(phone.accepts("12800138000"));
  EXPECT_FALSE(phone.accepts(13800138000));
  EXPECT_FALSE(phone.accepts(nullptr));
}

TEST(ASchema, knows_every_keyword_of_the_contract) {
  EXPECT_TRUE(schema(R"({"type": ["integer", "null"]})").accepts(nullptr));
  EXPECT_FALSE(schema(R"({"properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false})")
                   .accepts({{"a", "x"}, {"b", "y"}}));
  EXPECT_TRUE(schema(R"({"enum": ["home", "public"]})").accepts("home"));
  EXPECT_FALSE(schema(R"({"const": true})").accepts(false));
  EXPECT_TRUE(schema(R"({"minLength": 2, "maxLength": 2})").accepts("和平")) << "lengths are characters, not bytes";
  EXPECT_FALSE(schema(R"({"minimum": 3, "maximum": 5})").accepts(2));
  EXPECT_FALSE(schema(R"({"exclusiveMinimum": 3, "exclusiveMaximum": 5})").accepts(3));
  EXPECT_FALSE(schema(R"({"multipleOf": 5})").accepts(7));
  EXPECT_FALSE(schema(R"({"items": {"type": "string"}, "minItems": 1, "maxItems": 2})").accepts({"a", "b", "c"}));
  EXPECT_FALSE(schema(R"({"oneOf": [{"minimum": 1}, {"minimum": 2}]})").accepts(3));
  EXPECT_TRUE(schema(R"({"anyOf": [{"minimum": 1}, {"minimum": 2}]})").accepts(3));
  EXPECT_FALSE(schema(R"({"allOf": [{"minimum": 1}, {"minimum": 2}]})").accepts(1));
  EXPECT_FALSE(schema(R"({"not": {"type": "string"}})").accepts("a"));
  const auto branches = schema(R"({"if": {"minimum": 10}, "then": {"maximum": 20}, "else": {"minimum": 5}})");
  EXPECT_TRUE(branches.accepts(7) && branches.accepts(15));
  EXPECT_FALSE(branches.accepts(3) || branches.accepts(25));
  EXPECT_FALSE(schema(R"({"$defs": {"n": {"minimum": 1}}, "properties": {"a": {"$ref": "#/$defs/n"}}})").accepts({{"a", 0}}));
}

TEST(ASchema, refuses_a_keyword_outside_the_list_with_its_place) {
  EXPECT_EQ(refusal(R"({"prefixItems": []})"), "/prefixItems: this keyword is not allowed");
  EXPECT_EQ(refusal(R"({"properties": {"a": {"allOf": [{"format": "date"}]}}})"),
            "/properties/a/allOf/0/format: this keyword is not allowed");
  for (const char* keyword : {"dependentRequired", "unevaluatedProperties", "$anchor", "$id", "$schema", "patternProperties",
                              "contains", "uniqueItems", "propertyNames", "additionalItems", "dependencies", "default"})
    EXPECT_EQ(refusal(json{{keyword, json::object()}}), "/" + std::string(keyword) + ": this keyword is not allowed");
}

TEST(ASchema, may_name_a_property_like_a_keyword) {
  EXPECT_TRUE(schema(R"({"properties": {"format": {"const": 1}}})").accepts({{"format", 1}}));
  EXPECT_TRUE(schema(R"({"const": {"format": 1}})").accepts({{"format", 1}}));
}

TEST(ASchema, refuses_values_of_the_wrong_shape) {
  EXPECT_EQ(refusal("[]"), ": a schema is an object");
  EXPECT_EQ(refusal(R"({"type": "text"})"), "/type: needs string, number, integer, boolean, object, array or null");
  EXPECT_EQ(refusal(R"({"type": []})"), "/type: needs string, number, integer, boolean, object, array or null");
  EXPECT_EQ(refusal(R"({"required": "a"})"), "/required: needs a list of names");
  EXPECT_EQ(refusal(R"({"enum": []})"), "/enum: needs a list of values");
  EXPECT_EQ(refusal(R"({"minLength": -1})"), "/minLength: needs a whole number from 0 to 1000000");
  EXPECT_EQ(refusal(R"({"minimum": "3"})"), "/minimum: needs a number");
  EXPECT_EQ(refusal(R"({"multipleOf": 0})"), "/multipleOf: needs a number above 0");
  EXPECT_EQ(refusal(R"({"items": [{}]})"), "/items: a schema is an object");
  EXPECT_EQ(refusal(R"({"items": true})"), "/items: a schema is an object");
  EXPECT_EQ(refusal(R"({"anyOf": []})"), "/anyOf: needs a list of schemas");
  EXPECT_EQ(refusal(R"({"anyOf": {}})"), "/anyOf: needs a list of schemas");
  EXPECT_EQ(refusal(R"({"properties": []})"), "/properties: needs an object of schemas");
  EXPECT_EQ(refusal(R"({"pattern": 1})"), "/pattern: needs a text");
}

TEST(ASchema, keeps_references_simple) {
  EXPECT_EQ(refusal(R"({"$ref": "https://example.org/a.json"})"), "/$ref: needs \"#/$defs/NAME\"");
  EXPECT_EQ(refusal(R"({"$ref": "#"})"), "/$ref: needs \"#/$defs/NAME\"");
  EXPECT_EQ(refusal(R"({"$ref": "#/$defs/a/b"})"), "/$ref: needs \"#/$defs/NAME\"");
  EXPECT_EQ(refusal(R"({"properties": {"x": {"$ref": "#/$defs/a"}}})"), "/properties/x/$ref: there is no such entry in $defs");
  EXPECT_EQ(refusal(R"({"$defs": {"a": {}}, "not": {"$ref": "#/$defs/a", "type": "string"}})"), "/not/$ref: $ref stands alone");
  EXPECT_EQ(refusal(R"({"$defs": {"a": {"$ref": "#/$defs/a"}}, "not": {"$ref": "#/$defs/a"}})"),
            "/$defs/a/$ref: a $ref inside $defs is not allowed");
  EXPECT_EQ(refusal(R"({"not": {"$defs": {}}})"), "/not/$defs: $defs stand at the top of the schema");
}

TEST(ASchema, is_refused_when_nested_without_end) {
  json deep = json::object();
  for (int i = 0; i < 40; ++i) deep = json{{"not", deep}};
  EXPECT_NE(refusal(deep).find("schemas nested too deep"), std::string::npos);
}

TEST(ARefusedAnswer, is_told_with_place_and_reason_but_without_the_value) {
  const auto form = schema(R"({"properties": {"phone": {"type": "string", "pattern": "^[0-9]{11}$"}}, "required": ["phone"]})");
  const auto status = form.check({{"phone", "secret-7788"}});
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().detail.starts_with("/phone: ")) << status.error().detail;
  EXPECT_EQ(status.error().detail.find("7788"), std::string::npos);
  EXPECT_TRUE(form.check({{"phone", "13800138000"}}).ok());
  EXPECT_FALSE(form.check(json::object()));
}

TEST(ARefusedAnswer, names_no_value_whatever_the_keyword) {
  for (const char* text : {R"({"const": "x"})", R"({"enum": ["x"]})", R"({"type": "number"})", R"({"maxLength": 3})",
                           R"({"not": {"type": "string"}})", R"({"oneOf": [{"const": 1}]})", R"({"pattern": "^a$"})",
                           R"({"if": {"type": "string"}, "then": {"const": 1}})"}) {
    const auto status = schema(text).check("secret-7788");
    ASSERT_FALSE(status) << text;
    EXPECT_EQ(status.error().detail.find("7788"), std::string::npos) << status.error().detail;
  }
}

TEST(AnAnswer, that_is_too_long_or_too_deep_fits_nothing) {
  const auto any = schema(R"({"pattern": "^a*$"})");
  EXPECT_TRUE(any.accepts(std::string(kiosk::kLongestMatchedText, 'a')));
  EXPECT_FALSE(any.accepts(std::string(kiosk::kLongestMatchedText + 1, 'a')));
  EXPECT_FALSE(any.check(std::string(1'000'000, 'a')));
  json deep = json::array();
  for (int i = 0; i < 1000; ++i) deep = json::array({deep});
  EXPECT_FALSE(schema("{}").accepts(deep));
}

TEST(APattern, that_could_run_for_hours_is_refused) {
  for (const char* pattern : {"^(a+)+$", "^(a|a)*$", "^(a?){40}$", "(x*)*y", "^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?$",
                              "a*b*c*", "^(([0-9]{1,9}){1,9}){1,9}$"})
    EXPECT_NE(refusal(json{{"pattern", pattern}}), "accepted") << pattern;
}

TEST(APattern, of_ordinary_forms_is_allowed) {
  for (const char* pattern : {"^1[3-9][0-9]{9}$", "^[0-9]{4,19}$", "^(0[1-9]|1[0-2])$", "^[A-Z]{2}[0-9]{6,8}[A-Z]?$",
                              "^\\d{3}-\\d{4}$", "[.]$", "^(?:ab)*$", "^.{1,40}$"})
    EXPECT_EQ(refusal(json{{"pattern", pattern}}), "accepted") << pattern;
}

TEST(APattern, that_is_none_is_refused_with_a_reason) {
  const auto reason = [](const char* pattern) { return refusal(json{{"pattern", pattern}}); };
  EXPECT_EQ(reason("^(a$"), "/pattern: the pattern has a group is not closed");
  EXPECT_EQ(reason("^a)$"), "/pattern: the pattern has a group is closed that was not opened");
  EXPECT_EQ(reason("[a-"), "/pattern: the pattern has a set is not closed");
  EXPECT_EQ(reason("+a"), "/pattern: the pattern has a sign that needs a \\ before it");
  EXPECT_EQ(reason("a**"), "/pattern: the pattern has a repetition of a repetition");
  EXPECT_EQ(reason("(?=a)"), "/pattern: the pattern has looking ahead is not allowed");
  EXPECT_EQ(reason("(a)\\1"), "/pattern: the pattern has after \\ only d D w W s S or a sign is allowed");
  EXPECT_EQ(reason("一"), "/pattern: a pattern may hold printable ASCII only");
  EXPECT_EQ(reason("a{3,1}"), "/pattern: the pattern has {n,m} with m below n");
  EXPECT_NE(refusal(json{{"pattern", std::string(201, 'a')}}), "accepted");
  EXPECT_NE(reason("[z-a]"), "accepted") << "std::regex finds this one";
}

TEST(APattern, that_is_allowed_answers_at_once_on_the_worst_text) {
  for (const char* pattern : {"^a*b$", "[0-9]+x", "^([a-c]|d){4}a*$"}) {
    const auto worst = schema(json{{"pattern", pattern}});
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(worst.accepts(std::string(kiosk::kLongestMatchedText - 1, 'a') + "!")) << pattern;
    EXPECT_FALSE(worst.accepts(std::string(kiosk::kLongestMatchedText - 1, '0') + "!")) << pattern;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2)) << pattern;
  }
}

}  // namespace
