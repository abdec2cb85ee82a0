#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>
#include <optional>

namespace kiosk {

// The address of a socket that is a file. Paths are at most 107 bytes long; nothing when this one is longer.
class UnixAddress {
 public:
  static std::optional<UnixAddress> of(const std::filesystem::path& path) {
    UnixAddress made;
    if (path.native().empty() || path.native().size() >= sizeof made.address_.sun_path) return std::nullopt;
    made.address_.sun_family = AF_UNIX;
    std::memcpy(made.address_.sun_path, path.c_str(), path.native().size());
    return made;
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }  // NOLINT: the C interface of sockets
  static constexpr socklen_t size() { return sizeof(sockaddr_un); }

 private:
  sockaddr_un address_{};
};

}  // namespace kiosk
