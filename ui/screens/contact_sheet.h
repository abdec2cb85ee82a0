// Small copies of pictures beside each other on one sheet.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "ui/kit/surface.h"

namespace ui {

base::Status write_surface(const std::filesystem::path& path, const Surface& surface);

// 1/kThumbnail of the size, each pixel the average of those it stands for.
inline constexpr int kThumbnail = 5;
Surface thumbnail(const Surface& surface);

class ContactSheet {
 public:
  // Pictures of one block have one size; a block begins on a new row.
  void begin_block() { blocks_.emplace_back(); }
  void add(Surface picture);
  base::Status write(const std::filesystem::path& path) const;  // nothing when empty

 private:
  using Block = std::vector<Surface>;
  std::vector<Block> blocks_;
};

}  // namespace ui
