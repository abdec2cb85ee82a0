// The anchor of everything that is saved: the least a durable write can cost on this disk.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace bench {

// Overwrites the first bytes of one file, again and again, each time followed by fdatasync: one flush, no new blocks.
// The file is made (and flushed) by the constructor and removed by the destructor. One thread.
class InplaceWrite {
 public:
  // folder: where the product's file lies, so that both meet the same disk. bytes: size of one write.
  explicit InplaceWrite(const std::filesystem::path& folder, std::size_t bytes = 2048);
  ~InplaceWrite();
  InplaceWrite(const InplaceWrite&) = delete;
  InplaceWrite& operator=(const InplaceWrite&) = delete;

  // False when the file could not be made or written; a benchmark then skips itself with an error.
  [[nodiscard]] bool write_once();

 private:
  std::filesystem::path file_;
  std::vector<std::byte> block_;
  int descriptor_ = -1;
};

}  // namespace bench
