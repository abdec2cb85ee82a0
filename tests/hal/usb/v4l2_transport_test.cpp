// The V4L2 transport with its real ioctls and mapped buffers, and the camera scanner on top of it.
#include "hal/transport/v4l2/v4l2_transport.h"

#include <gtest/gtest.h>
#include <linux/videodev2.h>

#include <future>
#include <optional>
#include <thread>

#include "base/mailbox.h"
#include "hal/camera/camera_scanner.h"
#include "hal/camera/frame_wire.h"
#include "hal/simulated/code_scene.h"
#include "tests/hal/usb/video_node.h"
#include "typeset/qr.h"

namespace {

using hal::SensorOrder;
using hal::TransportError;
using usb_test::VideoNode;
using namespace std::chrono_literals;

constexpr auto kVideoLong = 60s;

std::vector<std::uint8_t> code_before_the_camera(const std::string& text) {
  hal::CodeScene scene;
  scene.width = VideoNode::kWidth;
  scene.height = VideoNode::kHeight;
  scene.corners = hal::square({160, 120}, 130, 0.1);
  const auto symbol = typeset::qr_code(text);
  return hal::render_scene(&*symbol, scene, 1);
}

class AVideoNode : public testing::Test {
 protected:
  void plug(const usb_test::VideoNodeSetting& setting = {}) {
    transport.reset();
    node.emplace(setting);
    node->plug();
  }
  void open(const std::string& where = "/dev/video0") {
    transports = hal::make_v4l2_transport(where);
    transport = transports->open();
  }
  hal::Transferred order(SensorOrder order) {
    const std::array bytes{static_cast<std::uint8_t>(order)};
    return transport->write(bytes, kVideoLong);
  }

  std::optional<VideoNode> node;  // first: ioctls of a transport that outlived it would wait for ever
  std::vector<std::uint8_t> grey = std::vector<std::uint8_t>(VideoNode::kWidth * VideoNode::kHeight, 99);
  std::vector<std::uint8_t> buffer = std::vector<std::uint8_t>(hal::kMostFrameBytes);
  std::unique_ptr<hal::TransportFactory> transports;
  std::unique_ptr<hal::ByteTransport> transport;
};

TEST_F(AVideoNode, gives_frames_by_mapped_buffers_while_its_sensor_is_on) {
  plug();
  open();
  ASSERT_NE(transport, nullptr);
  EXPECT_FALSE(node->streaming());
  ASSERT_TRUE(order(SensorOrder::start).ok());
  EXPECT_TRUE(node->streaming());
  EXPECT_EQ(node->queued(), 4U);
  for (int i = 0; i < 9; ++i) {
    grey[5] = static_cast<std::uint8_t>(i);
    node->expose(grey);
    const auto read = transport->read(buffer, kVideoLong);
    ASSERT_TRUE(read.ok());
    const auto frame = hal::parse_frame(std::span(buffer).first(read.count));
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->width, VideoNode::kWidth);
    EXPECT_EQ(frame->pixels.reveal()[5], static_cast<char>(i));
    EXPECT_EQ(frame->pixels.reveal()[6], 99);
  }
  ASSERT_TRUE(order(SensorOrder::end).ok());
  EXPECT_FALSE(node->streaming());
  EXPECT_EQ(transport->read(buffer, 5ms).error, TransportError::timeout);
}

TEST_F(AVideoNode, gives_the_newest_frame_and_none_that_is_damaged) {
  plug();
  open();
  ASSERT_NE(transport, nullptr);
  ASSERT_TRUE(order(SensorOrder::start).ok());
  node->expose(grey);
  grey[5] = 2;
  node->expose(grey);
  grey[5] = 3;
  node->expose(grey, true);
  const auto read = transport->read(buffer, kVideoLong);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(hal::parse_frame(std::span(buffer).first(read.count))->pixels.reveal()[5], 2);
  EXPECT_EQ(transport->read(buffer, 30ms).error, TransportError::timeout);
}

TEST_F(AVideoNode, may_be_pulled_out_in_the_middle_of_a_read_or_while_idle) {
  plug();
  open();
  ASSERT_NE(transport, nullptr);
  ASSERT_TRUE(order(SensorOrder::start).ok());
  auto reading = std::async(std::launch::async, [&] { return transport->read(buffer, kVideoLong); });
  node->unplug();
  EXPECT_EQ(reading.get().error, TransportError::gone);
  transport.reset();
  EXPECT_EQ(transports->open(), nullptr);
  node->plug();
  transports->wait_for_device(kVideoLong);
  transport = transports->open();
  ASSERT_NE(transport, nullptr);
  node->unplug();
  EXPECT_EQ(transport->read(buffer, kVideoLong).error, TransportError::gone);
}

TEST_F(AVideoNode, lets_a_read_be_cancelled) {
  plug();
  open();
  ASSERT_NE(transport, nullptr);
  ASSERT_TRUE(order(SensorOrder::start).ok());
  auto reading = std::async(std::launch::async, [&] { return transport->read(buffer, kVideoLong); });
  transport->cancel();
  EXPECT_EQ(reading.get().error, TransportError::cancelled);
}

TEST_F(AVideoNode, is_passed_over_when_it_is_no_camera) {
  plug({V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING, {}, 0});
  open("");
  EXPECT_EQ(transport, nullptr);
  EXPECT_FALSE(transports->trouble());
}

TEST_F(AVideoNode, is_no_use_without_grey_or_yuyv_or_when_another_has_it) {
  plug({0, {V4L2_PIX_FMT_MJPEG}, 0});
  open();
  EXPECT_EQ(transport, nullptr);
  EXPECT_EQ(transports->trouble(), base::Failure::device_port_invalid);
  plug({0, {}, EBUSY});
  open();
  EXPECT_EQ(transport, nullptr);
  EXPECT_EQ(transports->trouble(), base::Failure::device_port_invalid);
}

TEST_F(AVideoNode, that_knows_no_buffers_is_read) {
  plug({V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_READWRITE, {V4L2_PIX_FMT_GREY}, 0});
  open();
  ASSERT_NE(transport, nullptr);
  ASSERT_TRUE(order(SensorOrder::start).ok());
  const auto read = transport->read(buffer, kVideoLong);  // the plain file behind the node: zeros
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(hal::parse_frame(std::span(buffer).first(read.count)));
}

TEST_F(AVideoNode, carries_a_code_from_the_sensor_to_the_screen) {
  plug();
  base::SystemClock clock;
  base::Mailbox<std::string> words;
  const auto scanner = hal::make_camera_scanner(hal::make_v4l2_transport(""), hal::frame_decoder_program(), clock,
                                                [&](const hal::CodeScannerEvent& event) {
                                                  if (const auto* scanned = std::get_if<hal::CodeScanned>(&event))
                                                    (void)words.post(std::string(scanned->payload.reveal()));
                                                });
  scanner->arm({{hal::PayloadKind::ticket_number}});
  const auto picture = code_before_the_camera("A017");
  std::optional<std::string> heard;
  const auto deadline = std::chrono::steady_clock::now() + kVideoLong;
  while (!heard && std::chrono::steady_clock::now() < deadline) {
    node->expose(picture);
    heard = words.take_for(20ms);
  }
  EXPECT_EQ(heard, "A017");
}

}  // namespace
