#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "kiosk/app/child_process.h"
#include "offline_cache/courier/queue_courier.h"

namespace kiosk {

// The reference platform as a process beside the demo, on a port of the loopback address. Switching it off is as real as
// pulling the network cable: connections are refused, and what waits is sent when it is on again.
class GatewayChild {
 public:
  // HTTPS with certificates on both sides when `tls`. The terminals it knows are those of `data`/devices.
  // `on_received` gets one line for each application the platform accepts, from another thread.
  static base::Result<std::unique_ptr<GatewayChild>> create(std::filesystem::path data, std::filesystem::path services, bool tls,
                                                            std::function<void(std::string)> on_received);

  // How a courier reaches and believes it.
  void describe(offline_cache::CourierConfiguration& configuration) const;
  base::Status switch_on(bool on);  // waits until it listens, or has ended
  bool is_on() const { return process_ != nullptr; }
  // Everything the platform holds, opened with the office's key, as JSON; the platform is switched off for it.
  base::Result<std::string> record();

 private:
  GatewayChild(std::filesystem::path data, std::filesystem::path services, bool tls,
               std::function<void(std::string)> on_received);
  base::Status make_keys();
  std::vector<std::string> command(const std::string& verb) const;

  std::filesystem::path data_, services_;
  std::function<void(std::string)> on_received_;
  int port_ = 0;
  bool tls_;
  std::string office_key_, answer_key_, pin_;  // public, hex; the pin only with TLS
  bool was_on_ = false;                        // before that it has stored nothing
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace kiosk
