// What a plain log costs: bytes appended to one file, each time followed by fdatasync. Unlike an in-place write the file grows,
// which the file system has to keep as well.
#pragma once

#include <filesystem>
#include <vector>

#include "base/file_descriptor.h"

namespace bench {

class AppendWrite {
 public:
  // folder: where the product's file lies. bytes: size of one write.
  explicit AppendWrite(const std::filesystem::path& folder, std::size_t bytes);
  ~AppendWrite();
  AppendWrite(const AppendWrite&) = delete;
  AppendWrite& operator=(const AppendWrite&) = delete;

  // False when the file could not be made or written.
  [[nodiscard]] bool write_once();

 private:
  std::filesystem::path file_;
  std::vector<std::byte> block_;
  base::FileDescriptor descriptor_;
};

}  // namespace bench
