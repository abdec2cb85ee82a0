// A JPEG as somebody else sees it: libjpeg reads it back, and its segments are listed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace test_support {

struct GreyPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

// Nothing when libjpeg does not take it, warns about it, or it is not grey.
std::optional<GreyPicture> read_jpeg(std::string_view bytes);

// The segments before the picture's data, by their markers: 0xE0 JFIF, 0xE1 EXIF, 0xFE a comment.
std::vector<std::uint8_t> jpeg_segments(std::string_view bytes);

// Grey levels by which the pixels differ, on average. Infinite when the sizes differ.
double mean_difference(const GreyPicture& picture, int width, int height, std::string_view pixels);

}  // namespace test_support
