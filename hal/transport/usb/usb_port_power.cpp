#include "hal/transport/usb/usb_port_power.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "base/log.h"

namespace hal {
namespace {

namespace fs = std::filesystem;

constexpr auto kUsbDevices = "/sys/bus/usb/devices";
constexpr char kDisabled = '1';
constexpr char kEnabled = '0';

// errno, or 0.
int set_port(const base::FileDescriptor& attribute, char value) {
  ssize_t written = -1;
  do { written = write(attribute.get(), &value, 1); } while (written < 0 && errno == EINTR);
  return written == 1 ? 0 : errno;
}

class CutPorts final : public PowerCut {
 public:
  explicit CutPorts(std::string place) : place_(std::move(place)) {}

  ~CutPorts() override {
    for (const auto& attribute : cut_) {
      if (const int error = set_port(attribute, kEnabled); error != 0)
        base::log::warning("usb:{}: its port gets no power back: {}", place_, std::strerror(error));
    }
  }

  // errno, or 0.
  int cut(const std::string& file) {
    base::FileDescriptor attribute(open(file.c_str(), O_WRONLY | O_CLOEXEC));
    if (!attribute.valid()) return errno;
    const int error = set_port(attribute, kDisabled);
    if (error == 0) cut_.push_back(std::move(attribute));
    return error;
  }

 private:
  const std::string place_;
  std::vector<base::FileDescriptor> cut_;
};

void restore(const fs::path& file) {
  const base::FileDescriptor attribute(open(file.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
  char value = kEnabled;
  if (!attribute.valid() || pread(attribute.get(), &value, 1, 0) != 1 || value != kDisabled) return;
  if (pwrite(attribute.get(), &kEnabled, 1, 0) == 1)
    base::log::info("{}: has its power back", file.parent_path().filename().string());
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code error;
  const fs::directory_iterator found(folder, error);
  return {begin(found), end(found)};
}

}  // namespace

std::string usb_port_folder(std::string_view place) {
  const auto split = place.find_last_of("-.");
  if (split == std::string_view::npos || split == 0 || split + 1 == place.size()) return {};
  const auto hub = place.substr(0, split);
  const auto port = place.substr(split + 1);
  if (place[split] == '-') return fmt::format("{}/{}-0:1.0/usb{}-port{}", kUsbDevices, hub, hub, port);
  return fmt::format("{}/{}:1.0/{}-port{}", kUsbDevices, hub, hub, port);
}

std::unique_ptr<PowerCut> cut_usb_port_power(std::string_view place) {
  const std::string folder = usb_port_folder(place);
  if (folder.empty()) return nullptr;
  auto ports = std::make_unique<CutPorts>(std::string(place));
  if (const int error = ports->cut(folder + "/disable"); error != 0) {
    base::log::info("usb:{}: its port's power cannot be cut: {}", place, std::strerror(error));
    return nullptr;
  }
  ports->cut(folder + "/peer/disable");  // most have none
  base::log::info("usb:{}: its port's power is cut", place);
  return ports;
}

void restore_usb_port_power() {
  for (const auto& interface : entries_of(kUsbDevices)) {
    if (!interface.string().ends_with(":1.0")) continue;
    for (const auto& port : entries_of(interface)) {
      if (port.filename().string().find("-port") != std::string::npos) restore(port / "disable");
    }
  }
}

}  // namespace hal
