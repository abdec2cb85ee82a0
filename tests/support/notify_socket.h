// What systemd holds for a service of Type=notify: the socket it is told on.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "base/file_descriptor.h"

namespace test_support {

class NotifySocket {
 public:
  explicit NotifySocket(std::filesystem::path path);  // throws when there can be none; the path is at most 107 bytes long

  const std::filesystem::path& path() const { return path_; }
  // The next thing told; nothing when the patience is over.
  std::optional<std::string> next(std::chrono::milliseconds patience);
  // Whether exactly this is told within the patience; what comes before it is passed over.
  bool hears(const std::string& state, std::chrono::milliseconds patience);
  void forget();  // what was told and not yet read
  // The last descriptor that was given to be kept (FDSTORE=1), among what was read so far; not valid: none.
  const base::FileDescriptor& kept() const { return kept_; }

 private:
  std::filesystem::path path_;
  base::FileDescriptor socket_;
  base::FileDescriptor kept_;
};

}  // namespace test_support
