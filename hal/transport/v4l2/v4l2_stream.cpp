#include "hal/transport/v4l2/v4l2_stream.h"

#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "hal/frame_decoder/decoder_message.h"
#include "hal/transport/file/system_error.h"

namespace hal {
namespace {

constexpr std::size_t kMostBufferBytes = 64UL * 1024 * 1024;  // of one buffer; more is a driver's mistake

// errno, or 0.
int call(int file, unsigned long request, void* argument) {
  int result = 0;
  do { result = ioctl(file, request, argument); } while (result < 0 && errno == EINTR);
  return result < 0 ? errno : 0;
}

std::uint32_t capabilities_of(int file, int& error) {
  v4l2_capability capability{};
  error = call(file, VIDIOC_QUERYCAP, &capability);
  if (error != 0) return 0;
  return (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? capability.device_caps : capability.capabilities;
}

bool offers(int file, std::uint32_t pixel_format) {
  constexpr std::uint32_t kMostFormats = 64;
  for (std::uint32_t i = 0; i < kMostFormats; ++i) {
    v4l2_fmtdesc description{};
    description.index = i;
    description.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (call(file, VIDIOC_ENUM_FMT, &description) != 0) return false;
    if (description.pixelformat == pixel_format) return true;
  }
  return false;
}

struct Choice {
  std::uint32_t pixel_format;
  PixelFormat format;
};
constexpr std::array kChoices{Choice{V4L2_PIX_FMT_GREY, PixelFormat::grey}, Choice{V4L2_PIX_FMT_YUYV, PixelFormat::yuyv}};

// What the driver made of our wish; nothing when that is of no use.
std::optional<FrameHead> set_format(int file, const Choice& choice, const FrameWish& wish, int& error) {
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  format.fmt.pix.width = static_cast<std::uint32_t>(wish.width);
  format.fmt.pix.height = static_cast<std::uint32_t>(wish.height);
  format.fmt.pix.pixelformat = choice.pixel_format;
  format.fmt.pix.field = V4L2_FIELD_NONE;
  error = call(file, VIDIOC_S_FMT, &format);
  if (error != 0 || format.fmt.pix.pixelformat != choice.pixel_format) return std::nullopt;
  constexpr std::uint32_t kMost = 0xFFFF;
  if (format.fmt.pix.width > kMost || format.fmt.pix.height > kMost || format.fmt.pix.bytesperline > kMost) return std::nullopt;
  FrameHead head{choice.format, static_cast<int>(format.fmt.pix.width), static_cast<int>(format.fmt.pix.height),
                 static_cast<int>(format.fmt.pix.bytesperline)};
  const int least = head.width * (choice.format == PixelFormat::yuyv ? 2 : 1);
  if (head.stride == 0) head.stride = least;  // some drivers leave it out
  if (!is_frame_size(head.width, head.height) || head.stride < least) return std::nullopt;
  return head;
}

// A wish only: a camera without it runs as fast as it likes.
void set_rate(int file) {
  v4l2_streamparm parameters{};
  parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  parameters.parm.capture.timeperframe = {1, kWantedRate};
  (void)call(file, VIDIOC_S_PARM, &parameters);
}

v4l2_buffer described(unsigned index = 0) {
  v4l2_buffer buffer{};
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  buffer.index = index;
  return buffer;
}

int request_buffers(int file, unsigned count, unsigned& granted) {
  v4l2_requestbuffers request{};
  request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  request.memory = V4L2_MEMORY_MMAP;
  request.count = count;
  const int error = call(file, VIDIOC_REQBUFS, &request);
  granted = error == 0 ? request.count : 0;
  return error;
}

}  // namespace

std::unique_ptr<V4l2Stream> V4l2Stream::negotiate(int file, const FrameWish& wish, std::optional<base::Failure>& failure) {
  int error = 0;
  const std::uint32_t capabilities = capabilities_of(file, error);
  if (error != 0) failure = error == ENOTTY || error == EINVAL ? std::nullopt : open_failure(error);
  if ((capabilities & V4L2_CAP_VIDEO_CAPTURE) == 0 || (capabilities & (V4L2_CAP_STREAMING | V4L2_CAP_READWRITE)) == 0)
    return nullptr;
  failure = base::Failure::device_port_invalid;
  for (const Choice& choice : kChoices) {
    if (!offers(file, choice.pixel_format)) continue;
    const auto head = set_format(file, choice, wish, error);
    if (error == ENODEV) failure = std::nullopt;
    if (!head) continue;
    failure = std::nullopt;
    set_rate(file);
    return std::unique_ptr<V4l2Stream>(new V4l2Stream(file, *head, capabilities));
  }
  return nullptr;
}

V4l2Stream::~V4l2Stream() { stop(); }

int V4l2Stream::start() {
  if (running_) return 0;
  int error = (capabilities_ & V4L2_CAP_STREAMING) != 0 ? map_buffers() : ENOTTY;
  if (error == 0) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    error = call(file_, VIDIOC_STREAMON, &type);
  }
  if (error != 0) unmap_buffers();
  const bool by_read = error != 0 && error != ENODEV && (capabilities_ & V4L2_CAP_READWRITE) != 0;
  running_ = error == 0 || by_read;  // the first read() starts the sensor
  return running_ ? 0 : error;
}

int V4l2Stream::stop() {
  if (!running_) return 0;
  running_ = false;
  // REQBUFS with 0 ends reading too, and is all that a driver without buffers can be told.
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  const int error = call(file_, VIDIOC_STREAMOFF, &type);
  unmap_buffers();
  return error == ENODEV ? error : 0;
}

int V4l2Stream::map_buffers() {
  unsigned granted = 0;
  if (const int error = request_buffers(file_, kFrameBuffers, granted)) return error;
  if (granted == 0) return ENOMEM;
  for (unsigned i = 0; i < std::min(granted, kFrameBuffers); ++i) {
    auto buffer = described(i);
    if (const int error = call(file_, VIDIOC_QUERYBUF, &buffer)) return error;
    if (buffer.length < head_.least_bytes() || buffer.length > kMostBufferBytes) return EOVERFLOW;
    void* const start = mmap(nullptr, buffer.length, PROT_READ, MAP_SHARED, file_, static_cast<off_t>(buffer.m.offset));
    if (start == MAP_FAILED) return errno;
    buffers_.at(mapped_++) = {start, buffer.length};
    if (const int error = call(file_, VIDIOC_QBUF, &buffer)) return error;
  }
  return 0;
}

void V4l2Stream::unmap_buffers() {
  if (mapped_ == 0) return;
  for (; mapped_ > 0; --mapped_) munmap(buffers_.at(mapped_ - 1).start, buffers_.at(mapped_ - 1).size);
  unsigned granted = 0;
  (void)request_buffers(file_, 0, granted);
}

V4l2Stream::Taken V4l2Stream::take(std::span<std::uint8_t> buffer) {
  if (!running_) return {0, EINVAL};
  return mapped_ > 0 ? take_mapped(buffer) : take_read(buffer);
}

// Empties the queue: only what came last is worth anything.
V4l2Stream::Taken V4l2Stream::take_mapped(std::span<std::uint8_t> buffer) {
  const auto head = encode(head_);
  Taken taken{0, EAGAIN};
  for (unsigned i = 0; i < kFrameBuffers; ++i) {
    auto frame = described();
    if (const int error = call(file_, VIDIOC_DQBUF, &frame)) return taken.count > 0 && error == EAGAIN ? taken : Taken{0, error};
    const bool whole = frame.index < mapped_ && (frame.flags & V4L2_BUF_FLAG_ERROR) == 0;
    if (whole) {
      const Mapped& from = buffers_.at(frame.index);
      const std::size_t size = std::min({from.size, std::size_t{frame.bytesused}, buffer.size() - head.size()});
      std::ranges::copy(head, buffer.begin());
      std::memcpy(buffer.data() + head.size(), from.start, size);
      taken = {head.size() + size, 0};
    }
    if (const int error = call(file_, VIDIOC_QBUF, &frame)) return {0, error};
  }
  return taken;
}

V4l2Stream::Taken V4l2Stream::take_read(std::span<std::uint8_t> buffer) {
  const auto head = encode(head_);
  std::ranges::copy(head, buffer.begin());
  const auto size = ::read(file_, buffer.data() + head.size(), buffer.size() - head.size());
  if (size < 0) return {0, errno};
  if (size == 0) return {0, ENODEV};
  return {head.size() + static_cast<std::size_t>(size), 0};
}

int V4l2Stream::alive() const {
  int error = 0;
  (void)capabilities_of(file_, error);
  return error;
}

}  // namespace hal
