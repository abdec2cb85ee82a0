#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

// The whole file; asset_missing when it cannot be read, or is longer than `limit` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit = 16U << 20U);
// Replaces the file by a new one, whole or not at all, also when the power fails: written aside, synced, renamed, and the folder
// synced. save_io_error. `mode`: who may use it, less the umask.
Status write_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode = 0666);

// What was made, renamed or removed in this folder is so also after a power cut. save_io_error.
Status sync_folder(const std::filesystem::path& folder);
// The folder, and what is missing above it, with their names on the disk. `mode` is of the folder itself, when it is made.
// save_io_error.
Status make_folder(const std::filesystem::path& folder, unsigned mode = 0700);

}  // namespace base
