#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "typeset/bitmap.h"

namespace typeset {

// `pixels`: 0xAARRGGBB in native order, rows without padding; alpha is ignored.
base::Status write_png(const std::filesystem::path& path, std::span<const std::uint32_t> pixels, int width, int height);
base::Status write_png(const std::filesystem::path& path, const DotBitmap& dots);

}  // namespace typeset
