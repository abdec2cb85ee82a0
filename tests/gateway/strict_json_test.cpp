#include "gateway/strict_json.h"

#include <gtest/gtest.h>

namespace {

using gateway::parse_strict_json;

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

TEST(StrictJson, reads_what_is_json) {
  const auto value = parse_strict_json(R"({"name":"王𬎆䶮","numbers":[1,-2,3.5],"nothing":null,"yes":true})");
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["name"], "王𬎆䶮");
}

TEST(StrictJson, refuses_a_member_that_occurs_twice_at_any_depth) {
  EXPECT_FALSE(parse_strict_json(R"({"a":1,"a":1})"));
  EXPECT_FALSE(parse_strict_json(R"({"a":[{"b":1,"c":2,"b":3}]})"));
  EXPECT_FALSE(parse_strict_json(R"({"a":1,"\u0061":2})"));
  EXPECT_TRUE(parse_strict_json(R"({"a":{"b":1},"b":{"b":1}})"));
}

TEST(StrictJson, is_at_most_32_deep) {
  EXPECT_TRUE(parse_strict_json(nested(32)));
  EXPECT_FALSE(parse_strict_json(nested(33)));
  EXPECT_FALSE(parse_strict_json(std::string(200'000, '[')));
}

TEST(StrictJson, is_strict_about_utf_8) {
  EXPECT_FALSE(parse_strict_json("\"\xC0\x80\""));          // overlong
  EXPECT_FALSE(parse_strict_json("\"\xED\xA0\x80\""));      // a surrogate
  EXPECT_FALSE(parse_strict_json("\"\xF4\x90\x80\x80\""));  // beyond U+10FFFF
  EXPECT_FALSE(parse_strict_json("\"\xE7\x8E\""));          // cut
  EXPECT_FALSE(parse_strict_json(R"("\ud800")"));           // half a pair
  EXPECT_FALSE(parse_strict_json("\xEF\xBB\xBF{}"));        // byte order mark
}

TEST(StrictJson, ends_where_the_text_ends) {
  EXPECT_FALSE(parse_strict_json(""));
  EXPECT_FALSE(parse_strict_json("{} {}"));
  EXPECT_FALSE(parse_strict_json(std::string_view("{}\0", 3)));
  EXPECT_FALSE(parse_strict_json(std::string_view("{}\0<html>", 9)));
  EXPECT_FALSE(parse_strict_json("{\"a\":1,}"));
  EXPECT_FALSE(parse_strict_json("/* no */ {}"));
  EXPECT_FALSE(parse_strict_json("1e999"));
  EXPECT_FALSE(parse_strict_json("NaN"));
}

}  // namespace
