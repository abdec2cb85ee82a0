// A request and its answer as plain values, so that everything between them can be tested without a socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gateway {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;
  std::string path;  // as sent, without the query; nothing is percent-decoded: no path of ours needs it
  Headers headers;   // names in lower case
  std::string body;
  bool body_too_large = false;  // the rest was thrown away; `body` is not to be used

  // Several fields of one name are joined by ", " (RFC 9110 §5.3), which no field we read accepts.
  std::optional<std::string> header(std::string_view name) const;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

// The strong entity tag of a body, quotes included.
std::string entity_tag(std::string_view body);

// If-None-Match (RFC 9110 §13.1.2): a list of entity tags, or "*".
bool names_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace gateway
