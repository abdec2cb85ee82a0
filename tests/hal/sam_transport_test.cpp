// The simulated cable, with a device that echoes and can refuse bytes.
#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <future>

#include "hal/simulated/simulated_transport.h"

namespace {

using hal::TransportError;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kSamLong{20'000};  // far longer than any of these tests may take
constexpr milliseconds kSamShort{20};

class Echo final : public hal::DeviceModel {
 public:
  void set_room(std::size_t bytes) {
    const Change change = this->change();
    room_ = bytes;
  }
  void set_delay(milliseconds delay) {
    const Change change = this->change();
    delay_ = delay;
  }

 private:
  std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) override {
    const std::size_t count = std::min(bytes.size(), room_);
    held_.insert(held_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    room_ -= count;
    ready_ = now + delay_;
    return count;
  }
  std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) override {
    if (now < ready_) return 0;
    const std::size_t count = std::min(buffer.size(), held_.size());
    for (std::size_t i = 0; i < count; ++i, held_.pop_front()) buffer[i] = held_.front();
    return count;
  }
  std::optional<TimePoint> wakes_at() const override { return held_.empty() ? std::nullopt : std::optional(ready_); }

  std::deque<std::uint8_t> held_;
  std::size_t room_ = 1000;
  milliseconds delay_{0};
  TimePoint ready_{};
};

class ASimulatedCable : public testing::Test {
 protected:
  std::shared_ptr<Echo> device = std::make_shared<Echo>();
  std::unique_ptr<hal::TransportFactory> factory = hal::make_simulated_transport(device);
  std::array<std::uint8_t, 3> sent{1, 2, 3};
  std::array<std::uint8_t, 8> received{};
};

TEST_F(ASimulatedCable, carries_bytes_both_ways) {
  const auto transport = factory->open();
  ASSERT_TRUE(transport);
  EXPECT_EQ(transport->write(sent, kSamLong).count, 3U);
  const auto read = transport->read(received, kSamLong);
  EXPECT_TRUE(read.ok());
  EXPECT_EQ(read.count, 3U);
  EXPECT_EQ(received[2], 3);
}

TEST_F(ASimulatedCable, gives_up_reading_when_the_patience_ends) {
  const auto transport = factory->open();
  const auto start = steady_clock::now();
  EXPECT_EQ(transport->read(received, kSamShort).error, TransportError::timeout);
  EXPECT_GE(steady_clock::now() - start, kSamShort);
}

TEST_F(ASimulatedCable, waits_for_a_device_that_answers_late) {
  device->set_delay(kSamShort);
  const auto transport = factory->open();
  ASSERT_TRUE(transport->write(sent, kSamLong).ok());
  EXPECT_EQ(transport->read(received, kSamLong).count, 3U);
}

TEST_F(ASimulatedCable, says_how_far_a_write_came_into_a_full_device) {
  device->set_room(2);
  const auto transport = factory->open();
  const auto written = transport->write(sent, kSamShort);
  EXPECT_EQ(written.error, TransportError::timeout);
  EXPECT_EQ(written.count, 2U);
}

TEST_F(ASimulatedCable, goes_on_writing_once_the_device_has_room) {
  device->set_room(0);
  const auto transport = factory->open();
  auto write = std::async(std::launch::async, [&] { return transport->write(sent, kSamLong); });
  device->set_room(3);
  EXPECT_EQ(write.get().count, 3U);
}

TEST_F(ASimulatedCable, ends_a_pending_read_when_unplugged) {
  const auto transport = factory->open();
  auto read = std::async(std::launch::async, [&] { return transport->read(received, kSamLong); });
  device->unplug();
  EXPECT_EQ(read.get().error, TransportError::gone);
  EXPECT_FALSE(factory->open());
}

TEST_F(ASimulatedCable, leaves_an_old_transport_gone_after_plugging_in_again) {
  const auto old = factory->open();
  device->unplug();
  device->plug();
  EXPECT_EQ(old->read(received, kSamLong).error, TransportError::gone);
  EXPECT_TRUE(factory->open());
}

TEST_F(ASimulatedCable, has_one_owner_at_a_time) {
  auto first = factory->open();
  EXPECT_FALSE(factory->open());
  first.reset();
  EXPECT_TRUE(factory->open());
}

TEST_F(ASimulatedCable, ends_a_pending_read_and_every_later_call_when_cancelled) {
  const auto transport = factory->open();
  auto read = std::async(std::launch::async, [&] { return transport->read(received, kSamLong); });
  transport->cancel();
  EXPECT_EQ(read.get().error, TransportError::cancelled);
  EXPECT_EQ(transport->write(sent, kSamLong).error, TransportError::cancelled);
}

TEST_F(ASimulatedCable, wakes_those_who_wait_for_the_device) {
  device->unplug();
  EXPECT_FALSE(factory->open());
  auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kSamLong); });
  device->plug();
  waiting.get();
  EXPECT_TRUE(factory->open());
}

TEST_F(ASimulatedCable, stops_waiting_for_the_device_when_cancelled) {
  device->unplug();
  EXPECT_FALSE(factory->open());
  auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kSamLong); });
  factory->cancel();
  waiting.get();
}

}  // namespace
