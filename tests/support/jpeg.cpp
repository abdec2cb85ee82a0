#include "tests/support/jpeg.h"

#include <cmath>
#include <csetjmp>
#include <cstdio>  // jpeglib.h uses it and does not include it
#include <cstdlib>
#include <limits>

#include <jpeglib.h>

namespace test_support {
namespace {

struct JpegTrouble {
  jpeg_error_mgr manager{};
  jmp_buf back{};
};

[[noreturn]] void give_up(j_common_ptr jpeg) { longjmp(reinterpret_cast<JpegTrouble*>(jpeg->err)->back, 1); }

// Into `picture`, which is the caller's: nothing with a destructor lies between the jump and its return.
bool decompress(jpeg_decompress_struct& jpeg, JpegTrouble& trouble, std::string_view bytes, GreyPicture& picture) {
  if (setjmp(trouble.back) != 0) return false;
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK || jpeg.num_components != 1) return false;
  jpeg_start_decompress(&jpeg);
  picture.width = static_cast<int>(jpeg.output_width);
  picture.height = static_cast<int>(jpeg.output_height);
  picture.pixels.resize(std::size_t{jpeg.output_width} * jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = picture.pixels.data() + std::size_t{jpeg.output_scanline} * jpeg.output_width;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  return jpeg_finish_decompress(&jpeg) == TRUE && jpeg.err->num_warnings == 0;
}

}  // namespace

std::optional<GreyPicture> read_jpeg(std::string_view bytes) {
  jpeg_decompress_struct jpeg{};
  JpegTrouble trouble;
  jpeg.err = jpeg_std_error(&trouble.manager);
  trouble.manager.error_exit = give_up;
  GreyPicture picture;
  const bool whole = decompress(jpeg, trouble, bytes, picture);
  jpeg_destroy_decompress(&jpeg);
  return whole ? std::optional(std::move(picture)) : std::nullopt;
}

std::vector<std::uint8_t> jpeg_segments(std::string_view bytes) {
  constexpr std::uint8_t kScan = 0xDA;
  std::vector<std::uint8_t> markers;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes.at(at)); };
  for (std::size_t at = 2; at + 4 <= bytes.size() && byte(at) == 0xFF && byte(at + 1) != kScan;) {
    markers.push_back(byte(at + 1));
    at += 2U + static_cast<std::size_t>(byte(at + 2) << 8U | byte(at + 3));
  }
  return markers;
}

double mean_difference(const GreyPicture& picture, int width, int height, std::string_view pixels) {
  if (picture.width != width || picture.height != height || picture.pixels.size() != pixels.size())
    return std::numeric_limits<double>::infinity();
  double sum = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) sum += std::abs(picture.pixels[i] - static_cast<unsigned char>(pixels[i]));
  return sum / static_cast<double>(pixels.size());
}

}  // namespace test_support
