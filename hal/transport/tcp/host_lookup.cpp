#include "hal/transport/tcp/host_lookup.h"

#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <mutex>
#include <utility>

#include "base/detached_thread.h"

namespace hal {
namespace {

HostLookup::Answer resolve(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int result = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (result != 0) {
    const bool unknown = result == EAI_NONAME || result == EAI_FAIL || result == EAI_ADDRFAMILY;
    return {unknown ? HostLookup::Outcome::unknown_host : HostLookup::Outcome::not_yet, {}};
  }
  HostLookup::Answer answer{HostLookup::Outcome::found, {}};
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    SocketAddress address;
    address.size = entry->ai_addrlen;
    std::memcpy(&address.address, entry->ai_addr, entry->ai_addrlen);
    answer.addresses.push_back(address);
  }
  freeaddrinfo(list);
  return answer;
}

}  // namespace

struct HostLookup::Background {
  WakeEvent done;
  std::mutex mutex;
  Answer answer;
};

HostLookup::Answer HostLookup::look_up(std::chrono::steady_clock::time_point deadline, const WakeEvent& cancelled) {
  if (auto numeric = resolve(host_, port_, AI_NUMERICHOST); numeric.outcome == Outcome::found) return numeric;
  if (!background_) {
    auto background = std::make_shared<Background>();
    const bool runs = base::run_detached([background, host = host_, port = port_] {
      auto answer = resolve(host, port, AI_ADDRCONFIG);
      const std::lock_guard lock(background->mutex);
      background->answer = std::move(answer);
      background->done.set();
    });
    if (!runs) return {};
    background_ = std::move(background);
  }
  if (cancelled.wait(background_->done.get(), POLLIN, deadline) != Woken::ready) return {};
  const auto finished = std::exchange(background_, nullptr);
  const std::lock_guard lock(finished->mutex);
  return finished->answer;
}

}  // namespace hal
