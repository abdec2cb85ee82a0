#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace gateway {

// A TCP socket that listens; closed with the object.
class Listener {
 public:
  // "127.0.0.1:8790" or "[::1]:0"; numeric, port 0 = any free one. config_invalid with a plain sentence.
  static base::Result<Listener> open(std::string_view address);

  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  int descriptor() const { return descriptor_; }
  std::uint16_t port() const { return port_; }

 private:
  explicit Listener(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
  std::uint16_t port_ = 0;
};

}  // namespace gateway
