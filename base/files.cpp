#include "base/files.h"

#include <fmt/format.h>

#include <fstream>

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

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
  const auto aside = std::filesystem::path(path.string() + ".new");
  {
    std::ofstream file(aside, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) return Error{Failure::save_io_error, fmt::format("{}: cannot be written", aside.string())};
  }
  std::error_code error;
  std::filesystem::rename(aside, path, error);
  if (error) return Error{Failure::save_io_error, fmt::format("{}: {}", path.string(), error.message())};
  return {};
}

}  // namespace base
