#include "offline_cache/strict_json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace offline_cache {
namespace {

using Json = nlohmann::json;

// Returning false stops the parser: nothing is built that the sender could make large.
class StrictReader final : public nlohmann::json_sax<Json> {
 public:
  FlatJson result;
  std::string problem;

  bool null() override { return scalar(); }
  bool boolean(bool) override { return scalar(); }
  bool number_integer(number_integer_t value) override { return keep(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return value <= INT64_MAX ? keep(static_cast<number_integer_t>(value)) : scalar();
  }
  bool number_float(number_float_t, const string_t&) override { return scalar(); }
  bool string(string_t& value) override {
    if (const auto at = path(); !at.empty()) result.strings.emplace(at, std::move(value));
    return scalar();
  }
  bool binary(binary_t&) override { return refuse("binary"); }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    if (value.size() > kLongestJsonKey) return refuse("a key is too long");
    if (!levels_.back().seen.insert(value).second) return refuse("a key appears twice");
    levels_.back().key = std::move(value);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return refuse("not JSON"); }

 private:
  struct Level {
    bool object = true;
    std::string key;
    std::set<std::string> seen;
  };

  bool refuse(const char* why) {
    problem = why;
    return false;
  }
  bool scalar() { return levels_.empty() ? refuse("not an object") : true; }
  bool keep(number_integer_t value) {
    if (const auto at = path(); !at.empty()) result.integers.emplace(at, value);
    return scalar();
  }
  bool open(bool object) {
    if (levels_.empty() && !object) return refuse("not an object");
    if (levels_.size() >= kDeepestJson) return refuse("nested too deeply");
    levels_.push_back({object, {}, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }
  std::string path() const {
    if (levels_.size() == 1 && levels_[0].object) return levels_[0].key;
    if (levels_.size() == 2 && levels_[0].object && levels_[1].object) return levels_[0].key + "/" + levels_[1].key;
    return {};
  }

  std::vector<Level> levels_;
};

}  // namespace

std::string_view FlatJson::string(std::string_view path) const {
  const auto found = strings.find(path);
  return found == strings.end() ? std::string_view() : std::string_view(found->second);
}

base::Result<FlatJson> read_strict_json(std::string_view text, std::size_t limit) {
  if (text.size() > limit) return base::Error{base::Failure::internal, "too long"};
  StrictReader reader;
  try {
    if (!Json::sax_parse(text.begin(), text.end(), &reader)) return base::Error{base::Failure::internal, reader.problem};
  } catch (const std::exception&) { return base::Error{base::Failure::internal, "not JSON"}; }
  return std::move(reader.result);
}

}  // namespace offline_cache
