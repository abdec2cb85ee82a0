// Characters from their strokes in order, five kinds on five keys: 横 h, 竖 s, 撇 p, 捺 n, 折 z. Needs no spelling. The table is
// stroke.dict.yaml of Debian's rime-data-stroke (LGPL-3), read as it is installed (docs/decisions/text-input.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace ui {

inline constexpr std::string_view kStrokeKeys = "hspnz";

class StrokeTable {
 public:
  // Null when the file is not there or holds no table. Takes some 0.1 s and 6 MB.
  static std::unique_ptr<StrokeTable> open(const std::filesystem::path& file);
  // From the text of such a file: lines of a character, a tab and its strokes; everything else is passed over.
  explicit StrokeTable(std::string text);

  std::size_t size() const { return entries_.size(); }
  // Characters that begin with these strokes: common ones first (GB 2312 level 1, then 2), the shorter first.
  std::vector<base::Secret> search(std::string_view strokes, std::size_t most) const;

 private:
  struct Entry {
    std::string_view strokes, character;
    std::uint8_t rarity;  // 0 GB 2312 level 1, 1 level 2, 2 others
  };
  std::string text_;
  std::vector<Entry> entries_;  // by strokes
};

}  // namespace ui
