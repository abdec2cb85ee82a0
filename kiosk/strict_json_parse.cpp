#include <fmt/format.h>

#include <algorithm>

#include "kiosk/strict_json.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr int kDeepestJson = 32;

std::string place(std::string_view text, std::size_t byte) {
  const auto before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  const auto in_line = before.substr(line_start);
  const auto column =
      1 + std::count_if(in_line.begin(), in_line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return fmt::format("line {}, column {}", line, column);
}

// "[json.exception.…] parse error at line 3, column 7: syntax error while … - unexpected ']'" → the part that helps.
std::string reason(std::string_view what) {
  const auto column = what.find("column ");
  const auto start = column == what.npos ? what.find("] ") : what.find(": ", column);
  return std::string(start == what.npos ? what : what.substr(start + 2));
}

// Remembers the names of every open object; nlohmann itself keeps the last of two equal names.
class DuplicateNames {
 public:
  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    if (depth > kDeepestJson) complain("nested too deep");
    if (event == json::parse_event_t::object_start) open_.emplace_back();
    if (event == json::parse_event_t::object_end && !open_.empty()) open_.pop_back();
    if (event == json::parse_event_t::key && !open_.empty() && !open_.back().insert(parsed.get<std::string>()).second)
      complain(fmt::format("\"{}\" is given twice in one object", parsed.get<std::string>()));
    return true;
  }
  const std::optional<std::string>& complaint() const { return complaint_; }

 private:
  void complain(std::string text) {
    if (!complaint_) complaint_ = std::move(text);
  }
  std::vector<std::set<std::string>> open_;
  std::optional<std::string> complaint_;
};

}  // namespace

base::Result<json> parse_strict_json(std::string_view text) {
  DuplicateNames names;
  try {
    json value = json::parse(text.begin(), text.end(), std::ref(names));
    if (names.complaint()) return base::Error{base::Failure::service_broken, *names.complaint()};
    return value;
  } catch (const json::parse_error& error) {
    return base::Error{base::Failure::service_broken, fmt::format("{}: {}", place(text, error.byte), reason(error.what()))};
  } catch (const std::exception& error) { return base::Error{base::Failure::service_broken, error.what()}; }
}

}  // namespace kiosk
