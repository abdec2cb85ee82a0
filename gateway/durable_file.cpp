#include "gateway/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/files.h"

namespace gateway {
namespace {

base::Error io_error(const std::filesystem::path& path) {
  return {base::Failure::save_io_error, fmt::format("{}: {}", path.string(), std::strerror(errno))};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

bool write_and_sync(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

}  // namespace

base::Status create_private_file(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path aside = file.string() + ".new";
  {
    const Descriptor opened(open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (opened.get() < 0 || fchmod(opened.get(), S_IRUSR | S_IWUSR) != 0 || !write_and_sync(opened.get(), bytes))
      return io_error(aside);
  }
  // link, unlike rename, does not replace a file that another process made meanwhile.
  if (link(aside.c_str(), file.c_str()) != 0) return io_error(file);
  unlink(aside.c_str());
  return base::sync_folder(file.parent_path());
}

}  // namespace gateway
