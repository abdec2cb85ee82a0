#include "typeset/png.h"

#include <cairo.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace typeset {
namespace {

struct SurfaceReleaser {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

// The file is written by Cairo, whose rows are padded.
base::Status save(const std::filesystem::path& path, cairo_format_t format, std::span<const unsigned char> bytes, int width,
                  int height) {
  const std::unique_ptr<cairo_surface_t, SurfaceReleaser> surface(cairo_image_surface_create(format, width, height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS || height <= 0)
    return {base::Failure::internal, "no picture of this size"};
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  const auto row = bytes.size() / static_cast<std::size_t>(height);
  unsigned char* rows = cairo_image_surface_get_data(surface.get());
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) std::copy_n(bytes.data() + y * row, row, rows + y * stride);
  cairo_surface_mark_dirty(surface.get());
  if (cairo_surface_write_to_png(surface.get(), path.c_str()) != CAIRO_STATUS_SUCCESS)
    return {base::Failure::save_io_error, "cannot write " + path.string()};
  return {};
}

}  // namespace

base::Status write_png(const std::filesystem::path& path, std::span<const std::uint32_t> pixels, int width, int height) {
  if (width <= 0 || height <= 0 || pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return {base::Failure::internal, "pixels do not fit the size of the picture"};
  const auto* bytes = reinterpret_cast<const unsigned char*>(pixels.data());
  return save(path, CAIRO_FORMAT_RGB24, {bytes, pixels.size() * sizeof(std::uint32_t)}, width, height);
}

base::Status write_png(const std::filesystem::path& path, const DotBitmap& dots) {
  std::vector<std::uint32_t> pixels;
  pixels.reserve(static_cast<std::size_t>(dots.width) * static_cast<std::size_t>(dots.height));
  for (int y = 0; y < dots.height; ++y)
    for (int x = 0; x < dots.width; ++x) pixels.push_back(dots.black(x, y) ? 0xFF000000U : 0xFFFFFFFFU);
  return write_png(path, pixels, dots.width, dots.height);
}

}  // namespace typeset
