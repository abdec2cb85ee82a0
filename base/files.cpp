#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "base/file_descriptor.h"

namespace base {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return Error{Failure::asset_missing, fmt::format("{}: {}", path.string(), error.message())};
  if (size > limit) return Error{Failure::asset_missing, fmt::format("{}: longer than {} bytes", path.string(), limit)};
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size)))
    return Error{Failure::asset_missing, fmt::format("{}: read error", path.string())};
  return bytes;
}

namespace {

Error io_error(const std::filesystem::path& path) {
  return {Failure::save_io_error, fmt::format("{}: {}", path.string(), std::generic_category().message(errno))};
}

Status write_durably(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!file.valid()) return io_error(path);
  while (!bytes.empty()) {
    const auto wrote = write(file.get(), bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return io_error(path);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return fsync(file.get()) == 0 ? Status() : io_error(path);
}

}  // namespace

Status write_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  const auto aside = std::filesystem::path(path.string() + ".new");
  if (auto status = write_durably(aside, bytes, mode); !status) {
    unlink(aside.c_str());  // on a full disk, half a file helps nobody
    return status;
  }
  if (rename(aside.c_str(), path.c_str()) != 0) return io_error(path);
  return sync_folder(path.parent_path());
}

Status sync_folder(const std::filesystem::path& folder) {
  const FileDescriptor opened(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.valid() && fsync(opened.get()) == 0 ? Status() : io_error(folder);
}

Status make_folder(const std::filesystem::path& folder, unsigned mode) {
  const auto path = folder.has_filename() ? folder : folder.parent_path();  // "data/" is "data"
  std::error_code error;
  if (path.empty() || std::filesystem::is_directory(path, error)) return {};
  if (auto above = make_folder(path.parent_path(), 0777); !above) return above;
  if (mkdir(path.c_str(), mode) != 0 && !(errno == EEXIST && std::filesystem::is_directory(path, error))) return io_error(path);
  return sync_folder(path.parent_path());
}

}  // namespace base
