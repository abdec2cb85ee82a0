#include "gateway/strict_json.h"

#include <set>
#include <string>
#include <vector>

namespace gateway {
namespace {

constexpr std::string_view kNotJson = "It is not JSON in UTF-8.";
constexpr std::string_view kDuplicate = "A member occurs twice in one object.";
constexpr std::string_view kTooDeep = "It is nested too deeply.";

// Receives nlohmann's parser events and stops at the first fault.
class Inspector {
 public:
  std::string_view fault() const { return fault_; }

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(nlohmann::json::number_integer_t) { return true; }
  bool number_unsigned(nlohmann::json::number_unsigned_t) { return true; }
  bool number_float(nlohmann::json::number_float_t, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(nlohmann::json::binary_t&) { return true; }
  bool start_object(std::size_t) { return enter(); }
  bool start_array(std::size_t) { return enter(); }
  bool end_object() { return leave(); }
  bool end_array() { return leave(); }
  bool key(std::string& name) {
    if (members_.back().insert(name).second) return true;
    fault_ = kDuplicate;
    return false;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) { return false; }

 private:
  bool enter() {
    members_.emplace_back();
    if (members_.size() <= static_cast<std::size_t>(kDeepestJson)) return true;
    fault_ = kTooDeep;
    return false;
  }
  bool leave() {
    members_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> members_;  // one set for each object or array we are inside of
  std::string_view fault_ = kNotJson;
};

}  // namespace

tl::expected<nlohmann::json, std::string_view> parse_strict_json(std::string_view text) {
  // nlohmann takes a zero byte for the end of the text, and skips a byte order mark.
  if (text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF")) return tl::make_unexpected(kNotJson);
  Inspector inspector;
  if (!nlohmann::json::sax_parse(text, &inspector)) return tl::make_unexpected(inspector.fault());
  return nlohmann::json::parse(text, nullptr, false);
}

}  // namespace gateway
