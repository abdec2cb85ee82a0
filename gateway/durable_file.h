#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace gateway {

// A new file that only its owner may read (mode 0600), on the disk whole or not at all when this returns, power
// cut included. save_io_error when it exists already.
base::Status create_private_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace gateway
