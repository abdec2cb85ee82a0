#include "gateway/connection_table.h"

#include <sys/socket.h>

#include <algorithm>

namespace gateway {

void ConnectionTable::end_request(Key key, base::Instant now) {
  const auto found = connections_.find(key);
  if (found == connections_.end()) return;
  found->second.arrival.reset();
  found->second.deadline = now + one_request_;
}

bool ConnectionTable::any_request() const {
  return std::any_of(connections_.begin(), connections_.end(), [](const auto& item) { return item.second.arrival.has_value(); });
}

std::optional<base::Instant> ConnectionTable::next_deadline() const {
  std::optional<base::Instant> next;
  for (const auto& [key, connection] : connections_) next = std::min(next.value_or(connection.deadline), connection.deadline);
  return next;
}

void ConnectionTable::cut_off_overdue(base::Instant now) {
  for (auto& [key, connection] : connections_) {
    if (connection.deadline > now) continue;
    shutdown(connection.socket, SHUT_RDWR);
    connection.deadline = now + one_request_;  // not again and again until it is closed
  }
}

}  // namespace gateway
