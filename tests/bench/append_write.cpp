#include "tests/bench/append_write.h"

#include <fcntl.h>
#include <unistd.h>

namespace bench {

AppendWrite::AppendWrite(const std::filesystem::path& folder, std::size_t bytes)
    : file_(folder / "append_write.anchor"),
      block_(bytes, std::byte{0x4c}),
      descriptor_(open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600)) {}

AppendWrite::~AppendWrite() {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

bool AppendWrite::write_once() {
  return write(descriptor_.get(), block_.data(), block_.size()) == static_cast<ssize_t>(block_.size()) &&
         fdatasync(descriptor_.get()) == 0;
}

}  // namespace bench
