#include "hal/frame_decoder/grey_image.h"

#include <algorithm>

namespace hal {

GreyImage halved(GreyView picture) {
  GreyImage half{picture.width / 2, picture.height / 2, {}};
  half.pixels.reserve(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height));
  for (int y = 0; y < half.height; ++y) {
    const std::uint8_t* above = picture.pixels + static_cast<std::ptrdiff_t>(2 * y) * picture.width;
    const std::uint8_t* below = above + picture.width;
    for (int x = 0; x < half.width; ++x, above += 2, below += 2)
      half.pixels.push_back(static_cast<std::uint8_t>((above[0] + above[1] + below[0] + below[1] + 2) / 4));
  }
  return half;
}

GreyImage inverted(GreyView picture) {
  const auto size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  GreyImage result{picture.width, picture.height, std::vector<std::uint8_t>(size)};
  std::transform(picture.pixels, picture.pixels + size, result.pixels.begin(),
                 [](std::uint8_t level) { return static_cast<std::uint8_t>(255 - level); });
  return result;
}

}  // namespace hal
