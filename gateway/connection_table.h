// What is going on at each open connection: when its time is over, and the request that is arriving.
#pragma once

#include <chrono>
#include <map>
#include <optional>

#include "base/clock.h"
#include "base/file_descriptor.h"
#include "gateway/http_message.h"

namespace gateway {

struct Arrival {
  Request request;
  bool headers_read = false;
  // What has arrived of a long body, in a file without a name; `request.body` is empty meanwhile.
  base::FileDescriptor spool{};
  std::size_t spooled = 0;  // bytes
};

struct OpenConnection {
  int socket = -1;
  base::Instant deadline;
  std::optional<Arrival> arrival;  // from the request line until the answer has left, or the client has
};

class ConnectionTable {
 public:
  using Key = const void*;
  explicit ConnectionTable(std::chrono::milliseconds one_request) : one_request_(one_request) {}

  void opened(Key key, int socket, base::Instant now) { connections_[key] = {socket, now + one_request_, std::nullopt}; }
  void closed(Key key) { connections_.erase(key); }

  Arrival& begin_request(Key key) { return connections_[key].arrival.emplace(); }
  Arrival& arrival(Key key) { return *connections_[key].arrival; }
  void end_request(Key key, base::Instant now);

  bool any_request() const;
  std::optional<base::Instant> next_deadline() const;
  // Hangs up on those whose time is over; libmicrohttpd notices and closes them.
  void cut_off_overdue(base::Instant now);

 private:
  std::chrono::milliseconds one_request_;
  std::map<Key, OpenConnection> connections_;
};

}  // namespace gateway
