// Which terminals may send, and with which keys they sign: one file for each, `TERMINAL.pub`, with one line for each key,
// `ed25519 <64 hex>` or `sm2 <130 hex>`, as `linli-kiosk identity` prints it. Two lines while a key is being replaced. A
// file is read when an envelope names its terminal, so that adding and removing one needs no restart.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gateway {

class DeviceList {
 public:
  // Signatures are not checked: anyone who reaches the server is taken for a terminal. For trying things out.
  static DeviceList anyone() { return DeviceList({}); }
  explicit DeviceList(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool checks() const { return !folder_.empty(); }
  // The public key with this id; nothing when the terminal has no such key. `terminal` is a file name's beginning:
  // letters, digits, '-', '_' and '.'.
  std::optional<std::string> public_key(std::string_view terminal, int suite, std::string_view id) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace gateway
