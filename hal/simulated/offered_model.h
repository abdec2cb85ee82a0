// A simulated device offered outside this process, on a pseudo-terminal or a TCP port, so that other software can be run
// against it. When the model is unplugged the terminal hangs up and the port closes; plugged in again, they are back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "hal/simulated/device_model.h"

namespace hal {

class OfferedModel {
 public:
  virtual ~OfferedModel() = default;  // hangs up; ends a call in progress
  // As kiosk.toml names it: "serial:/tmp/reader", "tcp:127.0.0.1:9100".
  virtual std::string where() const = 0;
};

// `link`: a symbolic link to the terminal, there while the model is plugged in; a file of another kind is not touched.
// Empty: where() names the terminal itself, another after every plugging in. Raw bytes, no echo; any speed is as good.
// Returns once the terminal is there, if the model is plugged in. device_port_invalid when it cannot be made.
base::Result<std::unique_ptr<OfferedModel>> offer_on_terminal(std::shared_ptr<DeviceModel> model,
                                                              std::filesystem::path link = {});

// One connection at a time, as printers on port 9100 have it; the next waits until it ends. A host that has sent all it has to
// say (half-close) still hears answers until the next one comes. `port` 0: a free one. IPv4 only.
base::Result<std::unique_ptr<OfferedModel>> offer_on_tcp(std::shared_ptr<DeviceModel> model, const std::string& host,
                                                         std::uint16_t port);

}  // namespace hal
