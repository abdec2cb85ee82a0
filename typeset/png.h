#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "typeset/bitmap.h"

namespace typeset {

// `pixels`: 0xAARRGGBB in native order, rows without padding; alpha is ignored.
base::Status write_png(const std::filesystem::path& path, std::span<const std::uint32_t> pixels, int width, int height);
base::Status write_png(const std::filesystem::path& path, const DotBitmap& dots);

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  // 0xAARRGGBB
};
// asset_missing when there is none. For pictures of our own making.
base::Result<Picture> read_png(const std::filesystem::path& path);

}  // namespace typeset
