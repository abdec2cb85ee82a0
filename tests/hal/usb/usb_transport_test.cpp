// The libusb transport over a bus of umockdev: what really crosses the border to the kernel is libusb's.
#include <gtest/gtest.h>

#include <array>
#include <future>
#include <numeric>

#include "hal/transport/usb/usb_transport.h"
#include "tests/hal/usb/usb_gadget.h"

namespace {

using hal::TransportError;
using std::chrono::milliseconds;

constexpr milliseconds kUsbLong{20'000};  // far longer than any of these tests may take
constexpr milliseconds kShort{30};
constexpr std::uint8_t kOut = 0x02;
constexpr std::uint8_t kIn = 0x81;

// Keeps what it is given while it has room, says what it is told to say.
class Buffer final : public usb_test::Firmware {
 public:
  void set_room(std::size_t bytes) {
    set([&] { room_ = bytes; });
  }
  void say(std::vector<std::uint8_t> bytes) {
    set([&] { words_.push_back(std::move(bytes)); });
  }
  std::vector<std::uint8_t> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  bool has_said_all() {
    const std::lock_guard lock(mutex_);
    return words_.empty();
  }

 private:
  template <class Change>
  void set(Change change) {
    const std::lock_guard lock(mutex_);
    change();
  }
  std::size_t take(std::uint8_t, std::span<const std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    const std::size_t count = std::min(bytes.size(), room_);
    room_ -= count;
    heard_.insert(heard_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  }
  std::size_t give(std::uint8_t, std::span<std::uint8_t> buffer) override {
    const std::lock_guard lock(mutex_);
    if (words_.empty()) return 0;
    auto& word = words_.front();
    const std::size_t count = std::min(buffer.size(), word.size());
    std::copy_n(word.begin(), count, buffer.begin());
    word.erase(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(count));
    if (word.empty()) words_.pop_front();
    return count;
  }

  std::mutex mutex_;
  std::size_t room_ = SIZE_MAX;
  std::vector<std::uint8_t> heard_;
  std::deque<std::vector<std::uint8_t>> words_;
};

std::vector<std::uint8_t> bytes_counting_up(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

class AUsbDevice : public testing::Test {
 protected:
  static constexpr std::uint16_t kVendor = 0x1234;
  static constexpr std::uint16_t kProduct = 0x5678;

  std::unique_ptr<hal::ByteTransport> opened() {
    gadget.plug();
    if (auto transport = factory->open()) return transport;
    factory->wait_for_device(kUsbLong);
    return factory->open();
  }

  usb_test::Bus bus;
  Buffer firmware;
  usb_test::UsbGadget gadget{bus, "1-1", kVendor, kProduct, {{0xFF, 0, 0, {kOut, kIn}}}, firmware};
  std::unique_ptr<hal::TransportFactory> factory =
      hal::make_usb_transport({{{.vendor_id = kVendor, .product_id = kProduct}}, {}});
  std::array<std::uint8_t, 512> received{};
};

TEST_F(AUsbDevice, is_found_by_its_ids_and_says_where_it_is) {
  EXPECT_FALSE(factory->open());
  EXPECT_FALSE(factory->trouble());
  const auto transport = opened();
  ASSERT_TRUE(transport);
  EXPECT_EQ(transport->info().port, "usb:1-1");
  EXPECT_EQ(transport->info().vendor_id, kVendor);
  EXPECT_EQ(transport->info().product_id, kProduct);
  EXPECT_EQ(transport->info().serial, "GADGET-7");
}

TEST_F(AUsbDevice, takes_bytes_and_gives_bytes) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  const auto sent = bytes_counting_up(40'000);
  EXPECT_EQ(transport->write(sent, kUsbLong).count, sent.size());
  EXPECT_EQ(firmware.heard(), sent);
  firmware.say({7, 8, 9});
  const auto read = transport->read(received, kUsbLong);
  EXPECT_TRUE(read.ok());
  EXPECT_EQ(read.count, 3U);
  EXPECT_EQ(received[2], 9);
}

TEST_F(AUsbDevice, delivers_a_full_packet_that_nothing_follows) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  firmware.say(bytes_counting_up(64));
  EXPECT_EQ(transport->read(received, kUsbLong).count, 64U);
}

TEST_F(AUsbDevice, loses_nothing_that_comes_while_nobody_reads) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  EXPECT_EQ(transport->read(received, milliseconds{0}).error, TransportError::timeout);
  firmware.say(bytes_counting_up(100));
  std::vector<std::uint8_t> all;
  while (all.size() < 100) {
    const auto read = transport->read(std::span(received).first(33), kUsbLong);
    ASSERT_TRUE(read.ok());
    all.insert(all.end(), received.begin(), received.begin() + static_cast<std::ptrdiff_t>(read.count));
  }
  EXPECT_EQ(all, bytes_counting_up(100));
}

TEST_F(AUsbDevice, keeps_the_deadline_of_a_read) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(transport->read(received, kShort).error, TransportError::timeout);
  EXPECT_GE(std::chrono::steady_clock::now() - start, kShort);
}

TEST_F(AUsbDevice, that_refuses_bytes_ends_a_write_at_its_deadline_with_the_count) {
  firmware.set_room(100);  // a printer whose paper has run out
  const auto transport = opened();
  ASSERT_TRUE(transport);
  const auto sent = bytes_counting_up(250);
  const auto written = transport->write(sent, kShort);
  EXPECT_EQ(written.error, TransportError::timeout);
  EXPECT_EQ(written.count, 100U);
  firmware.set_room(SIZE_MAX);  // new paper: the rest, and nothing twice
  EXPECT_TRUE(transport->write(std::span(sent).subspan(written.count), kUsbLong).ok());
  EXPECT_EQ(firmware.heard(), sent);
}

TEST_F(AUsbDevice, goes_on_after_a_stall_of_its_in_pipe) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  gadget.stall(kIn);
  firmware.say({1});
  EXPECT_EQ(transport->read(received, kUsbLong).count, 1U);
  EXPECT_EQ(gadget.clears(), 1U);
}

TEST_F(AUsbDevice, goes_on_after_a_stall_of_its_out_pipe) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  gadget.stall(kOut);
  EXPECT_TRUE(transport->write(bytes_counting_up(10), kUsbLong).ok());
  EXPECT_EQ(gadget.clears(), 1U);
  EXPECT_EQ(firmware.heard().size(), 10U);
}

TEST_F(AUsbDevice, ends_a_pending_read_when_unplugged) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  auto read = std::async(std::launch::async, [&] { return transport->read(received, kUsbLong); });
  gadget.unplug();
  EXPECT_EQ(read.get().error, TransportError::gone);
  EXPECT_EQ(transport->write(received, kUsbLong).error, TransportError::gone);
}

TEST_F(AUsbDevice, gives_what_had_come_before_it_was_pulled_out_in_mid_transfer) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  gadget.break_off_after(130);
  firmware.say(bytes_counting_up(300));
  std::size_t all = 0;
  while (true) {
    const auto read = transport->read(received, kUsbLong);
    all += read.count;
    if (!read.ok()) {
      EXPECT_EQ(read.error, TransportError::gone);
      break;
    }
  }
  EXPECT_EQ(all, 130U);
}

TEST_F(AUsbDevice, ends_a_pending_write_when_unplugged) {
  firmware.set_room(0);
  const auto transport = opened();
  ASSERT_TRUE(transport);
  auto write = std::async(std::launch::async, [&] { return transport->write(received, kUsbLong); });
  gadget.unplug();
  EXPECT_EQ(write.get().error, TransportError::gone);
}

TEST_F(AUsbDevice, ends_every_call_with_cancelled_once_cancelled) {
  firmware.set_room(0);
  const auto transport = opened();
  ASSERT_TRUE(transport);
  auto write = std::async(std::launch::async, [&] { return transport->write(received, kUsbLong); });
  transport->cancel();
  EXPECT_EQ(write.get().error, TransportError::cancelled);
  EXPECT_EQ(transport->read(received, kUsbLong).error, TransportError::cancelled);
}

TEST_F(AUsbDevice, wakes_those_who_wait_for_it_and_comes_back_at_the_same_place) {
  auto first = opened();
  ASSERT_TRUE(first);
  const auto place = first->info().port;
  gadget.unplug();
  EXPECT_EQ(first->read(received, kUsbLong).error, TransportError::gone);
  first.reset();
  EXPECT_FALSE(factory->open());
  auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kUsbLong); });
  gadget.plug();
  waiting.get();
  const auto second = factory->open();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->info().port, place);
}

TEST_F(AUsbDevice, stops_being_waited_for_when_cancelled) {
  auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kUsbLong); });
  factory->cancel();
  waiting.get();
}

TEST_F(AUsbDevice, at_another_place_than_the_configured_one_is_left_alone) {
  ASSERT_TRUE(opened());
  factory = hal::make_usb_transport({{{.vendor_id = kVendor}}, "1-4"});
  EXPECT_FALSE(factory->open());
  factory = hal::make_usb_transport({{{.vendor_id = kVendor}}, "1-1"});
  EXPECT_TRUE(factory->open());
}

TEST_F(AUsbDevice, is_released_when_its_transport_goes) {
  auto transport = opened();
  ASSERT_TRUE(transport);
  EXPECT_TRUE(gadget.claimed());
  transport.reset();
  EXPECT_FALSE(gadget.claimed());
}

}  // namespace
