// A camera that exists in umockdev only: the real ioctls of the V4L2 transport reach this model of a video driver. Its
// node is a plain file, which the driver under test maps; the model writes its pictures into the same file.
#pragma once

#include <umockdev.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace usb_test {

struct VideoNodeSetting {
  std::uint32_t capabilities = 0;           // V4L2_CAP_…; 0: capture and streaming
  std::vector<std::uint32_t> formats = {};  // offered; empty: MJPEG and YUYV
  int format_error = 0;                     // errno of VIDIOC_S_FMT
};

class VideoNode {
 public:
  static constexpr int kWidth = 320;  // what the driver makes of any wish
  static constexpr int kHeight = 240;

  explicit VideoNode(VideoNodeSetting setting = {});
  ~VideoNode();  // after whatever has it open
  VideoNode(const VideoNode&) = delete;
  VideoNode& operator=(const VideoNode&) = delete;

  void plug();
  void unplug();
  // The sensor's next frame; luma, kWidth × kHeight. Damaged: marked so by the driver.
  void expose(const std::vector<std::uint8_t>& luma, bool damaged = false);

  bool streaming() const;
  unsigned queued() const;  // buffers waiting to be filled
  unsigned stream_starts() const;

 private:
  struct Done {
    unsigned index;
    bool damaged;
  };
  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self);
  bool handle(UMockdevIoctlClient* client);
  int answer(unsigned long request, void* argument);
  int dequeue(void* argument);
  int set_format(void* argument);
  std::string file() const;

  const VideoNodeSetting setting_;
  UMockdevTestbed* const testbed_;
  UMockdevIoctlBase* const handler_;
  std::string syspath_;

  mutable std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::uint32_t format_ = 0;
  unsigned buffers_ = 0;
  std::deque<unsigned> free_;
  std::deque<Done> done_;
  unsigned starts_ = 0;
  bool streaming_ = false;
  bool attached_ = false;
};

}  // namespace usb_test
