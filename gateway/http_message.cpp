#include "gateway/http_message.h"

#include "base/hex.h"
#include "gateway/digest.h"

namespace gateway {
namespace {

constexpr std::size_t kTagDigits = 32;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::string> Request::header(std::string_view name) const {
  std::optional<std::string> joined;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    joined = joined ? *joined + ", " + value : value;
  }
  return joined;
}

std::string entity_tag(std::string_view body) { return '"' + base::to_hex(sha256(body)).substr(0, kTagDigits) + '"'; }

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    const auto comma = if_none_match.find(',');
    auto item = trimmed(if_none_match.substr(0, comma));
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == "*" || item == tag) return true;
    if (comma == std::string_view::npos) break;
    if_none_match.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace gateway
