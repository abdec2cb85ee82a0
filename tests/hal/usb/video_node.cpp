#include "tests/hal/usb/video_node.h"

#include <linux/videodev2.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <utility>

namespace usb_test {
namespace {

constexpr auto kNode = "/dev/video0";
constexpr unsigned kBufferBytes = 320 * 240 * 2;  // 150 KiB, whole pages of 4 KiB once rounded up
constexpr unsigned kBufferStep = (kBufferBytes + 4095) / 4096 * 4096;
constexpr unsigned kMostBuffers = 4;
// A plain file is always ready for poll(); so a driver without a frame answers late rather than at once.
constexpr std::chrono::milliseconds kNoFrame{10};

template <class Argument>
Argument& as(void* argument) {
  return *static_cast<Argument*>(argument);
}

}  // namespace

VideoNode::VideoNode(VideoNodeSetting setting)
    : setting_(std::move(setting)), testbed_(umockdev_testbed_new()), handler_(umockdev_ioctl_base_new()) {
  g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(on_ioctl), this);
  umockdev_testbed_attach_ioctl(testbed_, kNode, handler_, nullptr);
}

VideoNode::~VideoNode() {
  unplug();
  umockdev_testbed_detach_ioctl(testbed_, kNode, nullptr);
  g_object_unref(handler_);
  g_object_unref(testbed_);
}

std::string VideoNode::file() const { return std::string(umockdev_testbed_get_root_dir(testbed_)) + kNode; }

void VideoNode::plug() {
  {
    const std::lock_guard lock(mutex_);
    attached_ = true;
    streaming_ = false;
    buffers_ = 0;
    free_.clear();
    done_.clear();
  }
  syspath_ = "/devices/virtual/video4linux/video0";
  const auto text = "P: " + syspath_ +
                    "\nN: video0=00\nE: SUBSYSTEM=video4linux\nE: DEVNAME=/dev/video0\nE: MAJOR=81\nE: MINOR=0\n"
                    "A: name=Test camera\\n\n";
  GError* error = nullptr;
  umockdev_testbed_add_from_string(testbed_, text.c_str(), &error);
  if (error != nullptr) g_error("%s", error->message);
  if (truncate(file().c_str(), kBufferStep * kMostBuffers) != 0) g_error("%s", std::strerror(errno));
  umockdev_testbed_uevent(testbed_, ("/sys" + syspath_).c_str(), "add");
}

void VideoNode::unplug() {
  if (syspath_.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    attached_ = false;
  }
  changed_.notify_all();
  const auto path = "/sys" + std::exchange(syspath_, {});
  umockdev_testbed_uevent(testbed_, path.c_str(), "remove");
  umockdev_testbed_remove_device(testbed_, path.c_str());
}

void VideoNode::expose(const std::vector<std::uint8_t>& luma, bool damaged) {
  const std::lock_guard lock(mutex_);
  if (!streaming_ || free_.empty()) return;
  const unsigned index = free_.front();
  free_.pop_front();
  std::vector<char> bytes;
  for (const auto level : luma) {
    bytes.push_back(static_cast<char>(level));
    if (format_ == V4L2_PIX_FMT_YUYV) bytes.push_back('\x80');
  }
  std::fstream out(file(), std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(index * kBufferStep);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  done_.push_back({index, damaged});
  changed_.notify_all();
}

bool VideoNode::streaming() const {
  const std::lock_guard lock(mutex_);
  return streaming_;
}

unsigned VideoNode::queued() const {
  const std::lock_guard lock(mutex_);
  return static_cast<unsigned>(free_.size());
}

unsigned VideoNode::stream_starts() const {
  const std::lock_guard lock(mutex_);
  return starts_;
}

gboolean VideoNode::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
  return static_cast<VideoNode*>(self)->handle(client) ? TRUE : FALSE;
}

// The process is its own kernel here: the pointers of the driver can be followed.
bool VideoNode::handle(UMockdevIoctlClient* client) {
  void* argument = nullptr;
  std::memcpy(&argument, umockdev_ioctl_client_get_arg(client)->data, sizeof argument);
  const int error = answer(umockdev_ioctl_client_get_request(client), argument);
  umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
  return true;
}

int VideoNode::answer(unsigned long request, void* argument) {
  if (request == VIDIOC_DQBUF) return dequeue(argument);
  const std::lock_guard lock(mutex_);
  if (!attached_) return ENODEV;
  switch (request) {
    case VIDIOC_QUERYCAP: {
      auto& capability = as<v4l2_capability>(argument);
      capability.device_caps = setting_.capabilities != 0 ? setting_.capabilities : V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      capability.capabilities = capability.device_caps | V4L2_CAP_DEVICE_CAPS;
      return 0;
    }
    case VIDIOC_ENUM_FMT: {
      static const std::vector<std::uint32_t> kUsual{V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_YUYV};
      const auto& formats = setting_.formats.empty() ? kUsual : setting_.formats;
      auto& description = as<v4l2_fmtdesc>(argument);
      if (description.index >= formats.size()) return EINVAL;
      description.pixelformat = formats[description.index];
      return 0;
    }
    case VIDIOC_S_FMT:
      return set_format(argument);
    case VIDIOC_S_PARM:
      return ENOTTY;
    case VIDIOC_REQBUFS: {
      auto& wish = as<v4l2_requestbuffers>(argument);
      if (wish.memory != V4L2_MEMORY_MMAP) return EINVAL;
      buffers_ = wish.count = std::min(wish.count, kMostBuffers);
      free_.clear();
      done_.clear();
      return 0;
    }
    case VIDIOC_QUERYBUF: {
      auto& buffer = as<v4l2_buffer>(argument);
      if (buffer.index >= buffers_) return EINVAL;
      buffer.length = kBufferBytes;
      buffer.m.offset = buffer.index * kBufferStep;
      return 0;
    }
    case VIDIOC_QBUF:
      if (as<v4l2_buffer>(argument).index >= buffers_) return EINVAL;
      free_.push_back(as<v4l2_buffer>(argument).index);
      return 0;
    case VIDIOC_STREAMON:
      streaming_ = true;
      ++starts_;
      return 0;
    case VIDIOC_STREAMOFF:
      streaming_ = false;
      free_.clear();
      done_.clear();
      return 0;
    default:
      return ENOTTY;
  }
}

int VideoNode::set_format(void* argument) {
  if (setting_.format_error != 0) return setting_.format_error;
  auto& picture = as<v4l2_format>(argument).fmt.pix;
  format_ = picture.pixelformat;
  picture.width = kWidth;
  picture.height = kHeight;
  picture.bytesperline = kWidth * (format_ == V4L2_PIX_FMT_YUYV ? 2 : 1);
  return 0;
}

int VideoNode::dequeue(void* argument) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kNoFrame, [this] { return !attached_ || !done_.empty(); });
  if (!attached_) return ENODEV;
  if (done_.empty()) return EAGAIN;
  auto& buffer = as<v4l2_buffer>(argument);
  buffer.index = done_.front().index;
  buffer.flags = done_.front().damaged ? V4L2_BUF_FLAG_ERROR : 0;
  buffer.bytesused = format_ == V4L2_PIX_FMT_YUYV ? kBufferBytes : kBufferBytes / 2;
  done_.pop_front();
  return 0;
}

}  // namespace usb_test
