// The ioctls of Video4Linux 2 that a grey picture needs: what the camera is, which picture it gives, and frames by mapped
// buffers, or by read() where the driver has no buffers. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/failure.h"
#include "hal/camera/frame_wire.h"

namespace hal {

// What is asked for, in pixels; the driver's nearest is taken.
struct FrameWish {
  int width = 0;
  int height = 0;
};
inline constexpr FrameWish kCodeFrames{1280, 720};
inline constexpr FrameWish kDocumentFrames{1920, 1080};  // the largest that frame_wire.h takes: small print has to be legible
inline constexpr unsigned kWantedRate = 15;              // frames a second
inline constexpr unsigned kFrameBuffers = 4;

class V4l2Stream {
 public:
  // `file` is an open video node that does not block, and outlives this. Null without a failure: no camera (cameras have
  // nodes for metadata too). Null with one: it cannot be used; device_port_invalid when it is in use or offers neither
  // grey nor YUYV.
  static std::unique_ptr<V4l2Stream> negotiate(int file, const FrameWish& wish, std::optional<base::Failure>& failure);
  ~V4l2Stream();
  V4l2Stream(const V4l2Stream&) = delete;
  V4l2Stream& operator=(const V4l2Stream&) = delete;

  bool running() const { return running_; }
  int start();  // errno, or 0; the sensor runs
  int stop();   // errno, or 0; the sensor is off, buffers are given back

  // The newest frame that is ready, as frame_wire.h writes it. `count` is 0 with EAGAIN when none is, with another errno
  // when none will come. Frames that the driver marks as damaged are passed over.
  struct Taken {
    std::size_t count = 0;
    int error = 0;
  };
  Taken take(std::span<std::uint8_t> buffer);
  int alive() const;  // errno, or 0: the camera answers, running or not

 private:
  struct Mapped {
    void* start = nullptr;
    std::size_t size = 0;
  };

  V4l2Stream(int file, const FrameHead& head, std::uint32_t capabilities)
      : file_(file), head_(head), capabilities_(capabilities) {}
  int map_buffers();
  void unmap_buffers();
  Taken take_mapped(std::span<std::uint8_t> buffer);
  Taken take_read(std::span<std::uint8_t> buffer);

  const int file_;
  const FrameHead head_;
  const std::uint32_t capabilities_;
  std::array<Mapped, kFrameBuffers> buffers_{};
  unsigned mapped_ = 0;  // of buffers_; 0 while running: read() is used
  bool running_ = false;
};

}  // namespace hal
