// Host name → addresses, without ever waiting for a name server longer than allowed.
#pragma once

#include <netdb.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hal/transport/file/wake_event.h"

namespace hal {

struct SocketAddress {
  sockaddr_storage address{};
  socklen_t size = 0;
};

class HostLookup {
 public:
  HostLookup(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

  enum class Outcome : std::uint8_t { found, unknown_host, not_yet };
  struct Answer {
    Outcome outcome = Outcome::not_yet;
    std::vector<SocketAddress> addresses;
  };
  // Numbers are understood at once. A name is looked up by a thread of its own, one at a time, which is left alone when
  // it takes longer; its answer is there for the next call.
  Answer look_up(std::chrono::steady_clock::time_point deadline, const WakeEvent& cancelled);

 private:
  struct Background;
  const std::string host_;
  const std::uint16_t port_;
  std::shared_ptr<Background> background_;  // shared with its thread, which may outlive this
};

}  // namespace hal
