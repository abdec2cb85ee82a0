// The first port of the root hub as Linux has it: what is written to its attribute "disable", and its twin's on a USB 3 bus.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "base/file_descriptor.h"
#include "tests/hal/usb/usb_gadget.h"

namespace usb_test {

class SwitchedPort {
 public:
  // `switched` is called for every change of the power, on a thread of this.
  SwitchedPort(Bus& bus, std::function<void(bool powered)> switched);
  ~SwitchedPort();  // whoever switches has ended
  SwitchedPort(const SwitchedPort&) = delete;
  SwitchedPort& operator=(const SwitchedPort&) = delete;

  unsigned cuts() const { return cuts_; }
  std::string twin() const;  // all that was written to it

  static std::filesystem::path add_port(Bus& bus);  // its folder, without an attribute

 private:
  void follow();

  const std::filesystem::path folder_;
  const std::function<void(bool)> switched_;
  std::atomic<unsigned> cuts_{0};
  base::FileDescriptor written_;
  std::thread thread_;
};

}  // namespace usb_test
