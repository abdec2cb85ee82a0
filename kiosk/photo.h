// Photographs of documents: what the camera sees of one, and the JPEG that is made of it. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "hal/camera.h"

namespace kiosk {

enum class PhotoView : std::uint8_t {
  unknown,  // not looked at yet
  nothing,  // the table alone
  dark,
  glare,  // a lamp is mirrored, or all is too bright
  moved,
  unclear,  // out of focus, or nothing printed is seen
  good,     // print, and sharp
};

// Tells from frame to frame how good a photograph would be. It may be wrong, and what it says refuses nothing.
class PhotoEye {
 public:
  PhotoEye() = default;
  ~PhotoEye();
  PhotoEye(PhotoEye&&) noexcept = default;
  PhotoEye& operator=(PhotoEye&&) noexcept = default;

  PhotoView look(const hal::CameraFrame& frame);

 private:
  static constexpr int kAcross = 16, kDown = 12;
  using Coarse = std::array<std::uint8_t, static_cast<std::size_t>(kAcross* kDown)>;
  std::optional<Coarse> before_;
};

bool is_whole(const hal::CameraFrame& frame);  // it has as many pixels as it says

// One page that was photographed.
struct Photograph {
  base::Secret jpeg;         // as the office gets it
  hal::CameraFrame shown;    // smaller, for the screen
  std::uint64_t number = 0;  // of its own in this process

  Photograph clone() const;
};

// Grey, in JFIF, without metadata, of at most so many bytes: the quality gives way first, then the size. `internal` when that
// cannot be done.
base::Result<base::Secret> photo_jpeg(const hal::CameraFrame& frame, std::size_t most_bytes);
// At most so many pixels wide and high; each pixel the mean of those it stands for.
hal::CameraFrame smaller(const hal::CameraFrame& frame, int most_side);

}  // namespace kiosk
