#include "ui/kit/image.h"

#include <atomic>

namespace ui {

Image::Image(int width, int height, std::vector<std::uint8_t> coverage)
    : width_(width), height_(height), coverage_(std::move(coverage)) {
  static std::atomic<std::uint64_t> last{0};
  serial_ = ++last;
}

}  // namespace ui
