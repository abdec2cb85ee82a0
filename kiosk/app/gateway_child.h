#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "kiosk/app/child_process.h"

namespace kiosk {

// The reference platform as a process beside the demo, on a port of the loopback address. Switching it off is as real as
// pulling the network cable: connections are refused, and what waits is sent when it is on again.
class GatewayChild {
 public:
  // `on_received` gets one line for each application the platform accepts, from another thread.
  static base::Result<std::unique_ptr<GatewayChild>> create(std::filesystem::path data, std::filesystem::path services,
                                                            std::function<void(std::string)> on_received);

  std::string url() const;
  const std::string& office_key() const { return office_key_; }  // public, hex
  base::Status switch_on(bool on);                               // waits until it listens, or has ended
  bool is_on() const { return process_ != nullptr; }
  // Everything the platform holds, opened with the office's key, as JSON; the platform is switched off for it.
  base::Result<std::string> record();

 private:
  GatewayChild(std::filesystem::path data, std::filesystem::path services, std::function<void(std::string)> on_received);
  std::vector<std::string> command(const std::string& verb) const;

  std::filesystem::path data_, services_;
  std::function<void(std::string)> on_received_;
  int port_ = 0;
  std::string office_key_;
  bool was_on_ = false;  // before that it has stored nothing
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace kiosk
