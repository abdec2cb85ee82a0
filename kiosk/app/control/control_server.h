// The control socket of a running kiosk: an AF_UNIX stream on which staff's tools ask (control_call.h). Life of a connection:
// one request line within kRequestPatience, then the answer, then the end. At most kMostAskers at once; further ones wait in
// the system's queue. Its thread reads, checks and delivers; it decides nothing.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "kiosk/app/control/control_call.h"

namespace kiosk {

class ControlServer {
 public:
  static constexpr std::size_t kMostAskers = 8;
  static constexpr std::chrono::seconds kRequestPatience{5};
  static constexpr std::chrono::seconds kAnswerPatience{100};  // for the first line; an interactive check takes a minute

  // Called on the server's thread; must return at once.
  using Deliver = std::function<void(ControlCall)>;

  // The socket's file has mode 0600, or 0660 with `group`. A file left by a kiosk that died is replaced. config_invalid when
  // the place cannot be used (too long, no folder, no such group, another kiosk listens there).
  static base::Result<std::unique_ptr<ControlServer>> open(const std::filesystem::path& socket, const std::string& group,
                                                           Deliver deliver);
  virtual ~ControlServer() = default;  // lets every asker go, removes the file
};

}  // namespace kiosk
