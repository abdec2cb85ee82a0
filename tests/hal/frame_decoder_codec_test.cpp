// The codecs between camera, kiosk and decoding process, and the ladder, all in this process.
#include <gtest/gtest.h>

#include "hal/camera/frame_wire.h"
#include "hal/frame_decoder/decoder_message.h"
#include "hal/frame_decoder/decoding_ladder.h"
#include "hal/frame_decoder/known_modules.h"
#include "hal/simulated/code_scene.h"
#include "typeset/qr.h"

namespace {

std::vector<std::uint8_t> wire(const hal::FrameHead& head, std::size_t bytes) {
  const auto start = encode(head);
  std::vector<std::uint8_t> all(start.begin(), start.end());
  for (std::size_t i = 0; i < bytes; ++i) all.push_back(static_cast<std::uint8_t>(i));
  return all;
}

TEST(AFrameOnTheWire, is_taken_as_grey_without_gaps) {
  const auto frame = hal::parse_frame(wire({hal::PixelFormat::grey, 64, 64, 70}, 63 * 70 + 64));
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->pixels.size(), 64U * 64U);
  EXPECT_EQ(static_cast<std::uint8_t>(frame->pixels.reveal()[64]), 70);
}

TEST(AFrameOnTheWire, loses_the_colour_of_yuyv) {
  const auto frame = hal::parse_frame(wire({hal::PixelFormat::yuyv, 64, 64, 128}, 64 * 128));
  ASSERT_TRUE(frame);
  EXPECT_EQ(static_cast<std::uint8_t>(frame->pixels.reveal()[3]), 6);
}

TEST(AFrameOnTheWire, is_refused_when_rows_are_missing_or_the_head_lies) {
  EXPECT_FALSE(hal::parse_frame(wire({hal::PixelFormat::grey, 64, 64, 64}, 64 * 64 - 1)));
  EXPECT_FALSE(hal::parse_frame(wire({hal::PixelFormat::grey, 64, 64, 63}, 64 * 64)));
  EXPECT_FALSE(hal::parse_frame(wire({hal::PixelFormat::yuyv, 64, 64, 127}, 64 * 128)));
  EXPECT_FALSE(hal::parse_frame(wire({hal::PixelFormat::grey, 63, 64, 64}, 64 * 64)));
  EXPECT_FALSE(hal::parse_frame(wire({hal::PixelFormat{'M'}, 64, 64, 64}, 64 * 64)));
  EXPECT_FALSE(hal::parse_frame({}));
}

TEST(ADecoderReply, comes_through_whole_or_not_at_all) {
  hal::DecoderReply reply;
  reply.sequence = 7;
  reply.outcome = hal::DecoderReply::Outcome::symbol;
  reply.modifier = '3';
  reply.structured_append = true;
  reply.bytes = std::string("\0\xFFz", 3);
  const auto bytes = encode(reply);
  const auto parsed = hal::parse_decoder_reply(bytes);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->bytes, reply.bytes);
  EXPECT_EQ(parsed->sequence, 7U);
  EXPECT_TRUE(parsed->structured_append);
  EXPECT_FALSE(parsed->reader_init);
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(hal::parse_decoder_reply(std::span(bytes).first(size)));
  for (const std::size_t at : {4U, 5U, 6U, 7U, 8U}) {
    auto wrong = bytes;
    wrong[at] = 0xEE;
    EXPECT_FALSE(hal::parse_decoder_reply(wrong)) << at;
  }
}

TEST(ADecoderRequest, names_a_frame_that_fits_the_memory) {
  EXPECT_TRUE(hal::parse_decoder_request(encode(hal::DecoderRequest{1, 1280, 720})));
  EXPECT_FALSE(hal::parse_decoder_request(encode(hal::DecoderRequest{1, 4096, 4096})));
  EXPECT_FALSE(hal::parse_decoder_request(encode(hal::DecoderRequest{1, 63, 720})));
}

// The writer of the symbols shares nothing with the table of what is known of them.
TEST(KnownModules, are_those_of_every_symbol) {
  for (const std::size_t bytes : {5U, 20U, 60U, 110U, 200U, 500U, 1200U, 2300U}) {
    const auto symbol = typeset::qr_code(std::string(bytes, 'x'));
    ASSERT_TRUE(symbol);
    for (const auto& module : hal::known_modules((symbol->width - 17) / 4))
      ASSERT_EQ(symbol->black(module.x, module.y), module.dark) << symbol->width << ": " << module.x << ", " << module.y;
  }
}

class TheLadder : public testing::Test {
 protected:
  std::string read(const hal::CodeScene& scene, const std::string& payload) {
    const auto symbol = typeset::qr_code(payload);
    const auto pixels = hal::render_scene(&*symbol, scene, 3);
    const auto reading = hal::look_thoroughly({pixels.data(), scene.width, scene.height});
    return reading && *reading ? (*reading)->bytes : "";
  }
  static hal::CodeScene scene() {
    hal::CodeScene scene;
    scene.width = 320;
    scene.height = 240;
    scene.corners = hal::square({160, 120}, 150, 0.3);
    return scene;
  }
};

TEST_F(TheLadder, reads_a_plain_code) { EXPECT_EQ(read(scene(), "linli:HP-03:7K4-29M-3"), "linli:HP-03:7K4-29M-3"); }

TEST_F(TheLadder, reads_what_is_blurred_tilted_or_inverted) {
  auto blurred = scene();
  blurred.focus_blur = 2.6;  // of modules six pixels wide
  EXPECT_EQ(read(blurred, "linli:HP-03:7K4-29M-3"), "linli:HP-03:7K4-29M-3");
  auto tilted = scene();
  tilted.corners[2] = {tilted.corners[2].x - 25, tilted.corners[2].y - 20};
  EXPECT_EQ(read(tilted, "A017"), "A017");
  auto inverted = scene();
  inverted.inverted = true;
  inverted.corners = hal::square({160, 120}, 126, 0);
  EXPECT_EQ(read(inverted, "A017"), "A017");
}

TEST_F(TheLadder, gives_each_frame_one_step) {
  auto inverted = scene();
  inverted.inverted = true;
  inverted.corners = hal::square({160, 120}, 126, 0);
  const auto symbol = typeset::qr_code("A017");
  const auto pixels = hal::render_scene(&*symbol, inverted, 3);
  hal::DecodingLadder ladder;
  int found = 0;
  for (std::size_t frame = 0; frame < 2 * hal::kLadderSteps; ++frame) {
    const auto reading = ladder.look({pixels.data(), 320, 240});
    ASSERT_TRUE(reading);
    found += reading->has_value() ? 1 : 0;
  }
  EXPECT_EQ(found, 2);  // one of the steps looks for light on dark
}

}  // namespace
