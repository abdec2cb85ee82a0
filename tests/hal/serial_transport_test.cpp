// The serial transport on pseudo-terminals.
#include "hal/transport/serial/serial_transport.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "base/log.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_serial_transport.h"
#include "tests/hal/pseudo_terminal.h"
#include "tests/support/temporary_folder.h"

namespace {

using hal::TransportError;
using std::chrono::milliseconds;

constexpr milliseconds kSerialLong{20'000};
constexpr milliseconds kSerialShort{30};

class ASerialLine : public testing::Test {
 protected:
  static hal::PortAddress at(std::string path) {
    hal::PortAddress address;
    address.kind = hal::PortKind::serial;
    address.where = std::move(path);
    return address;
  }

  speed_t speed() const { return device.speed(); }

  serial_test::PseudoTerminal device;
  std::unique_ptr<hal::TransportFactory> factory = hal::make_serial_transport(at(device.path()));
  const std::vector<std::uint8_t> sent{0x00, 0x0A, 0x0D, 0x11, 0x13, 0x7F, 0xFF};  // all that a line not raw would change
  std::array<std::uint8_t, 64> received{};
};

TEST_F(ASerialLine, carries_every_byte_unchanged) {
  const auto line = factory->open();
  ASSERT_TRUE(line);
  EXPECT_EQ(line->info().port, "serial:" + device.path());
  EXPECT_EQ(line->write(sent, kSerialLong).count, sent.size());
  EXPECT_EQ(device.hear(), sent);
  device.say(sent);
  const auto read = line->read(received, kSerialLong);
  EXPECT_EQ(std::vector(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(read.count)), sent);
}

TEST_F(ASerialLine, has_the_speed_and_flow_control_of_its_address) {
  auto address = at(device.path());
  address.baud = 38400;
  address.flow = hal::FlowControl::xonxoff;
  const auto line = hal::make_serial_transport(address)->open();
  ASSERT_TRUE(line);
  EXPECT_EQ(speed(), speed_t{B38400});
  EXPECT_NE(device.settings().c_iflag & IXON, 0U);
}

TEST_F(ASerialLine, has_115200_baud_when_nothing_is_said) {
  const auto line = factory->open();
  ASSERT_TRUE(line);
  EXPECT_EQ(speed(), speed_t{B115200});
}

TEST_F(ASerialLine, has_one_owner) {
  const auto first = factory->open();
  ASSERT_TRUE(first);
  EXPECT_FALSE(factory->open());
  EXPECT_EQ(factory->trouble(), base::Failure::device_port_invalid);
}

// Every file descriptor that this process may have is taken, but for so many.
class FullTableOfFiles {
 public:
  explicit FullTableOfFiles(std::size_t free) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit few{64, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    for (int file = dup(STDERR_FILENO); file >= 0; file = dup(STDERR_FILENO)) taken_.emplace_back(file);
    taken_.resize(taken_.size() - free);
  }
  ~FullTableOfFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  FullTableOfFiles(const FullTableOfFiles&) = delete;
  FullTableOfFiles& operator=(const FullTableOfFiles&) = delete;

 private:
  rlimit before_{};
  std::vector<base::FileDescriptor> taken_;
};

TEST_F(ASerialLine, cannot_be_opened_without_file_descriptors_and_can_when_there_are_some_again) {
  // Without files UndefinedBehaviorSanitizer cannot look at a type that it has not met.
  base::log::info("{}", device.path());
  ASSERT_TRUE(factory->open());
  for (std::size_t free = 0; free < 4; ++free) {
    const FullTableOfFiles full(free);
    const auto line = factory->open();
    EXPECT_EQ(line == nullptr, factory->trouble() == base::Failure::device_port_invalid);
    if (line) { EXPECT_EQ(line->read(received, kSerialShort).error, TransportError::timeout); }
  }
  EXPECT_TRUE(factory->open());
}

TEST_F(ASerialLine, gives_up_reading_at_the_deadline) {
  const auto line = factory->open();
  ASSERT_TRUE(line);
  EXPECT_EQ(line->read(received, kSerialShort).error, TransportError::timeout);
}

TEST_F(ASerialLine, says_how_much_a_device_took_that_stopped_taking) {
  const auto line = factory->open();
  ASSERT_TRUE(line);
  const std::vector<std::uint8_t> much(1'000'000);
  const auto written = line->write(much, kSerialShort);
  EXPECT_EQ(written.error, TransportError::timeout);
  EXPECT_GT(written.count, 0U);
  EXPECT_LT(written.count, much.size());
}

TEST_F(ASerialLine, is_gone_when_the_device_hangs_up) {
  const auto line = factory->open();
  ASSERT_TRUE(line);
  auto read = std::async(std::launch::async, [&] { return line->read(received, kSerialLong); });
  device.hang_up();
  EXPECT_EQ(read.get().error, TransportError::gone);
  EXPECT_EQ(line->write(sent, kSerialLong).error, TransportError::gone);
}

TEST_F(ASerialLine, ends_every_call_with_cancelled_once_cancelled) {
  const auto line = factory->open();
  ASSERT_TRUE(line);
  auto read = std::async(std::launch::async, [&] { return line->read(received, kSerialLong); });
  line->cancel();
  EXPECT_EQ(read.get().error, TransportError::cancelled);
  EXPECT_EQ(line->write(sent, kSerialLong).error, TransportError::cancelled);
}

TEST_F(ASerialLine, is_waited_for_in_a_folder_that_is_not_there_yet) {
  const test_support::TemporaryFolder folder;
  for (int round = 0; round < 100; ++round) {  // udev makes folder and link while the driver begins to look, or just before
    const auto by_path = folder / ("by-path-" + std::to_string(round));
    factory = hal::make_serial_transport(at(by_path / "reader"));
    EXPECT_FALSE(factory->open());
    EXPECT_FALSE(factory->trouble());
    auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kSerialLong); });
    for (int pause = 0; pause < round * 10; ++pause) std::this_thread::yield();
    std::filesystem::create_directory(by_path);
    std::filesystem::create_symlink(device.path(), by_path / "reader");
    ASSERT_EQ(waiting.wait_for(kSerialLong / 2), std::future_status::ready) << "not noticed, round " << round;
    ASSERT_TRUE(factory->open());
  }
}

TEST_F(ASerialLine, stops_being_waited_for_when_cancelled) {
  factory = hal::make_serial_transport(at("/nowhere/reader"));
  EXPECT_FALSE(factory->open());
  auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kSerialLong); });
  factory->cancel();
  waiting.get();
}

TEST_F(ASerialLine, that_is_an_ordinary_file_is_refused) {
  const test_support::TemporaryFolder folder;
  std::ofstream(folder / "file") << "no line";
  factory = hal::make_serial_transport(at(folder / "file"));
  EXPECT_FALSE(factory->open());
  EXPECT_EQ(factory->trouble(), base::Failure::device_port_invalid);
}

// A module that runs at one speed only; at any other it hears and says nothing but noise.
class AReaderOfUnknownSpeed : public testing::TestWithParam<std::pair<int, speed_t>> {
 protected:
  ~AReaderOfUnknownSpeed() override {
    stopping = true;
    module.join();
  }

  hal::PortAddress address() const { return {.kind = hal::PortKind::serial, .where = device.path()}; }

  serial_test::PseudoTerminal device;
  base::FileDescriptor keeps_the_line_up{::open(device.path().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC)};
  base::SystemClock clock;
  std::atomic<bool> stopping{false};
  std::atomic<bool> silent{false};
  std::thread module{[this] {
    const std::vector<std::uint8_t> noise{0xAA, 0x00, 0xF8};
    while (!stopping) {
      if (device.hear(milliseconds{20}).empty() || silent) continue;
      const bool hears = device.speed() == GetParam().second;
      device.say(hears ? hal::encode_sdt_answer(0x90) : noise);
    }
  }};
};

TEST_P(AReaderOfUnknownSpeed, is_found_at_the_speed_at_which_it_answers) {
  const auto factory = hal::make_sdt_serial_transport(address(), clock);
  std::unique_ptr<hal::ByteTransport> line;
  for (int attempts = 0; !line && attempts < 20; ++attempts) line = factory->open();  // a busy machine answers late
  ASSERT_TRUE(line);
  EXPECT_EQ(device.speed(), GetParam().second);
}

// Else it would be taken for one that was never there, and its silence would be nobody's matter.
TEST_P(AReaderOfUnknownSpeed, is_opened_at_its_speed_also_when_it_has_fallen_silent) {
  const auto factory = hal::make_sdt_serial_transport(address(), clock);
  std::unique_ptr<hal::ByteTransport> line;
  for (int attempts = 0; !line && attempts < 20; ++attempts) line = factory->open();
  ASSERT_TRUE(line);
  line.reset();
  silent = true;
  EXPECT_TRUE(factory->open());
  EXPECT_EQ(device.speed(), GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(AtEachSpeed, AReaderOfUnknownSpeed,
                         testing::Values(std::pair{115200, speed_t{B115200}}, std::pair{57600, speed_t{B57600}},
                                         std::pair{38400, speed_t{B38400}}, std::pair{19200, speed_t{B19200}},
                                         std::pair{9600, speed_t{B9600}}),
                         [](const auto& chosen) { return std::to_string(chosen.param.first); });

TEST_F(ASerialLine, without_a_reader_gives_no_transport) {
  const base::SystemClock clock;
  factory = hal::make_sdt_serial_transport(at(device.path()), clock);
  EXPECT_FALSE(factory->open());
}

}  // namespace
