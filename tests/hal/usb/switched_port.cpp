#include "tests/hal/usb/switched_port.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

namespace usb_test {
namespace {

namespace fs = std::filesystem;

constexpr char kEnd = '.';

base::FileDescriptor opened(const fs::path& pipe, int how) { return base::FileDescriptor(open(pipe.c_str(), how | O_CLOEXEC)); }

}  // namespace

// What a process writes to a pipe is read in order, as the kernel is told it.
SwitchedPort::SwitchedPort(Bus& bus, std::function<void(bool powered)> switched)
    : folder_(add_port(bus)), switched_(std::move(switched)) {
  fs::create_directories(folder_ / "peer");
  std::ofstream(folder_ / "peer" / "disable");
  mkfifo((folder_ / "disable").c_str(), 0600);
  written_ = opened(folder_ / "disable", O_RDWR);
  thread_ = std::thread([this] { follow(); });
}

SwitchedPort::~SwitchedPort() {
  if (write(written_.get(), &kEnd, 1) == 1) thread_.join();
}

fs::path SwitchedPort::add_port(Bus& bus) {
  umockdev_testbed_add_from_string(
      bus.testbed(), "P: /devices/pci0000:00/usb1/1-0:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: DRIVER=hub\n", nullptr);
  const std::unique_ptr<char, decltype(&g_free)> root(umockdev_testbed_get_root_dir(bus.testbed()), g_free);
  fs::path folder = fs::path(root.get()) / "sys/devices/pci0000:00/usb1/1-0:1.0/usb1-port1";
  fs::create_directories(folder);
  return folder;
}

std::string SwitchedPort::twin() const {
  std::ifstream file(folder_ / "peer" / "disable");
  return {std::istreambuf_iterator<char>(file), {}};
}

void SwitchedPort::follow() {
  char value = kEnd;
  while (read(written_.get(), &value, 1) == 1 && value != kEnd) {
    if (value == '1') ++cuts_;
    switched_(value == '0');
  }
}

}  // namespace usb_test
