// The asking end of the control socket.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace kiosk {

class ControlClient {
 public:
  // Nothing when no kiosk listens there.
  static std::optional<ControlClient> open(const std::filesystem::path& socket);

  // Asks, and gives every line of the answer to `take` until the last, or until `take` returns false. `patience` is for each
  // line; nothing: as long as it takes. internal with what the kiosk said when it refuses, or when it does not answer.
  base::Status ask(const nlohmann::json& request, std::optional<std::chrono::milliseconds> patience,
                   const std::function<bool(const nlohmann::json&)>& take);

  // The same for an answer of one line.
  base::Result<nlohmann::json> ask(const nlohmann::json& request, std::chrono::milliseconds patience);

 private:
  explicit ControlClient(base::FileDescriptor socket) : socket_(std::move(socket)) {}
  base::Result<std::string> line(std::optional<std::chrono::milliseconds> patience);

  base::FileDescriptor socket_;
  std::string received_;
};

}  // namespace kiosk
