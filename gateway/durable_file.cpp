#include "gateway/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

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

base::Status sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || fsync(opened.get()) != 0) return io_error(folder);
  return {};
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
  return sync_folder(file.parent_path());
}

base::Status create_private_folder(const std::filesystem::path& path) {
  const auto folder = path.has_filename() ? path : path.parent_path();  // "data/" is "data"
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (mkdir(folder.c_str(), S_IRWXU) != 0) return io_error(folder);
  return {};
}

}  // namespace gateway
