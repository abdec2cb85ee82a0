// A serial line without a wire: the test holds the device's end.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/file_descriptor.h"

namespace serial_test {

class PseudoTerminal {
 public:
  PseudoTerminal() : device_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    std::array<char, 64> name{};
    EXPECT_EQ(grantpt(device_.get()), 0);
    EXPECT_EQ(unlockpt(device_.get()), 0);
    EXPECT_EQ(ptsname_r(device_.get(), name.data(), name.size()), 0);
    path_ = name.data();
  }

  const std::string& path() const { return path_; }
  void hang_up() { device_.reset(); }

  void say(std::span<const std::uint8_t> bytes) const {
    EXPECT_EQ(::write(device_.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  // At least one byte, or nothing when none comes in time.
  std::vector<std::uint8_t> hear(std::chrono::milliseconds patience = std::chrono::seconds{20}) const {
    pollfd waits{device_.get(), POLLIN, 0};
    if (poll(&waits, 1, static_cast<int>(patience.count())) <= 0) return {};
    std::vector<std::uint8_t> bytes(512);
    const auto count = ::read(device_.get(), bytes.data(), bytes.size());
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }
  termios settings() const {
    termios line{};
    EXPECT_EQ(tcgetattr(device_.get(), &line), 0);
    return line;
  }

  // That the host has set.
  speed_t speed() const {
    const termios line = settings();
    return cfgetospeed(&line);
  }

 private:
  base::FileDescriptor device_;
  std::string path_;
};

}  // namespace serial_test
