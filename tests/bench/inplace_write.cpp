#include "tests/bench/inplace_write.h"

#include <fcntl.h>
#include <unistd.h>

namespace bench {

InplaceWrite::InplaceWrite(const std::filesystem::path& folder, std::size_t bytes)
    : file_(folder / "inplace_write.anchor"), block_(bytes, std::byte{0x4c}) {
  descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor_ >= 0 && (!write_once() || ::fsync(descriptor_) != 0)) {
    ::close(descriptor_);
    descriptor_ = -1;
  }
}

InplaceWrite::~InplaceWrite() {
  if (descriptor_ >= 0) ::close(descriptor_);
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

bool InplaceWrite::write_once() {
  block_[0] ^= std::byte{1};  // the same bytes again might be no work
  const ssize_t written = ::pwrite(descriptor_, block_.data(), block_.size(), 0);
  return written == static_cast<ssize_t>(block_.size()) && ::fdatasync(descriptor_) == 0;
}

}  // namespace bench
