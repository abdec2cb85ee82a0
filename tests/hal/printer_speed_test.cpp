// A printer on a line whose speed nobody has written down: a real pseudo-terminal, at whose far end the model hears only what
// comes at its own speed.
#include <atomic>
#include <map>
#include <thread>
#include <utility>

#include "hal/printer/escpos_serial_transport.h"
#include "tests/hal/printer_rig.h"
#include "tests/hal/pseudo_terminal.h"

namespace {

using namespace printer_rig;

constexpr milliseconds kAnswer{20'000};  // longer than a busy machine takes; a real printer takes 10

// The printer's end: at another speed it hears garbage, which it may print, and says some.
class PrinterAtASpeed {
 public:
  explicit PrinterAtASpeed(speed_t speed, bool mute = false) : speed_(speed), mute_(mute) {}
  ~PrinterAtASpeed() {
    stopping_ = true;
    thread_.join();
  }
  PrinterAtASpeed(const PrinterAtASpeed&) = delete;
  PrinterAtASpeed& operator=(const PrinterAtASpeed&) = delete;

  hal::PortAddress address() const { return {.kind = hal::PortKind::serial, .where = terminal_.path()}; }
  speed_t hosts_speed() const { return terminal_.speed(); }
  // Bytes that came at each of the other speeds.
  std::map<speed_t, std::size_t> garbage() const {
    const std::lock_guard lock(mutex_);
    return garbage_;
  }

  std::shared_ptr<hal::EscposMachine> machine = std::make_shared<hal::EscposMachine>();

 private:
  void run() {
    const auto inside = hal::make_simulated_transport(machine)->open();
    std::array<std::uint8_t, 256> answer{};
    while (!stopping_) {
      const auto heard = terminal_.hear(milliseconds{1});
      if (!heard.empty() && terminal_.speed() != speed_) {
        const std::lock_guard lock(mutex_);
        garbage_[terminal_.speed()] += heard.size();
        if (!mute_) terminal_.say(std::array<std::uint8_t, 2>{0x00, 0xF8});
      } else if (!heard.empty()) {
        (void)inside->write(heard, milliseconds{1'000});
      }
      const auto said = inside->read(answer, milliseconds{0});
      if (said.count > 0 && !mute_) terminal_.say(std::span(answer).first(said.count));
    }
  }

  const speed_t speed_;
  const bool mute_;
  serial_test::PseudoTerminal terminal_;
  base::FileDescriptor keeps_the_line_up_{::open(terminal_.path().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC)};
  mutable std::mutex mutex_;
  std::map<speed_t, std::size_t> garbage_;
  std::atomic<bool> stopping_{false};
  std::thread thread_{[this] { run(); }};
};

hal::PrinterProfile with_speeds(int usual, std::vector<int> others) {
  auto made = profile("epson-tm-80mm");
  made.serial = {usual, std::move(others), hal::Parity::none, hal::FlowControl::none};
  return made;
}

class APrinterOfUnknownSpeed : public testing::TestWithParam<std::pair<int, speed_t>> {};

TEST_P(APrinterOfUnknownSpeed, is_found_at_the_speed_at_which_it_answers_and_asked_once_at_any_other) {
  PrinterAtASpeed line(GetParam().second);
  const auto profile = with_speeds(38400, {9600, 19200, 115200});
  const auto factory = hal::make_escpos_serial_transport(line.address(), profile, kAnswer);
  ASSERT_TRUE(factory->open());
  EXPECT_EQ(line.hosts_speed(), GetParam().second);
  const auto first = line.garbage();
  for (const auto& [speed, bytes] : first) EXPECT_EQ(bytes, 3U) << "one question";
  ASSERT_TRUE(factory->open()) << "the adapter was pulled out and put back";
  EXPECT_EQ(line.garbage(), first) << "the speed that worked is asked first";
}

TEST_P(APrinterOfUnknownSpeed, prints) {
  PrinterAtASpeed line(GetParam().second);
  const auto profile = with_speeds(38400, {9600, 19200, 115200});
  PrinterRig rig({}, profile);
  rig.timing.reply = rig.timing.stuck = rig.timing.stall = milliseconds{20'000};
  rig.machine = line.machine;
  rig.start_on(hal::make_escpos_serial_transport(line.address(), profile, kAnswer));
  rig.await(hal::DeviceState::online);
  EXPECT_EQ(rig.print(short_ticket()).outcome, hal::PrintOutcome::confirmed);
  EXPECT_EQ(inked(*line.machine).size(), 1U);
  rig.printer.reset();
}

INSTANTIATE_TEST_SUITE_P(AtEachSpeed, APrinterOfUnknownSpeed,
                         testing::Values(std::pair{38400, speed_t{B38400}}, std::pair{9600, speed_t{B9600}},
                                         std::pair{19200, speed_t{B19200}}, std::pair{115200, speed_t{B115200}}),
                         [](const auto& chosen) { return std::to_string(chosen.param.first); });

TEST(APrinterThatNeverAnswers, keeps_the_speed_of_its_profile_and_is_not_asked_again) {
  PrinterAtASpeed line(B9600, true);
  const auto profile = with_speeds(38400, {9600, 19200});
  const auto factory = hal::make_escpos_serial_transport(line.address(), profile, milliseconds{50});
  const auto open = factory->open();
  ASSERT_TRUE(open);
  EXPECT_EQ(line.hosts_speed(), speed_t{B38400});
  ASSERT_TRUE(open->write(std::array<std::uint8_t, 1>{0}, kAnswer).ok());
  while (line.garbage()[B38400] < 4) std::this_thread::yield();  // three of the question, and this one
  EXPECT_EQ(line.garbage().at(B19200), 3U);
}

TEST(APrinterWhoseSpeedIsSaid, is_asked_nothing) {
  PrinterAtASpeed line(B9600);
  auto address = line.address();
  address.baud = 19200;
  const auto profile = with_speeds(38400, {9600});
  const auto open = hal::make_escpos_serial_transport(address, profile, kAnswer)->open();
  ASSERT_TRUE(open);
  EXPECT_EQ(line.hosts_speed(), speed_t{B19200});
  ASSERT_TRUE(open->write(std::array<std::uint8_t, 1>{0}, kAnswer).ok());
  while (line.garbage()[B19200] == 0) std::this_thread::yield();
  EXPECT_EQ(line.garbage().at(B19200), 1U);
}

// One byte in sixteen passes for a status; two in a row must come alone.
TEST(AnAnswerAtAWrongSpeed, is_not_taken_for_a_status) {
  serial_test::PseudoTerminal terminal;
  const base::FileDescriptor keeps_the_line_up(::open(terminal.path().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  std::atomic<bool> stopping{false};
  std::thread printer([&] {
    bool by_chance = true;
    while (!stopping) {
      if (terminal.hear(milliseconds{5}).empty()) continue;
      const bool right = terminal.speed() == B9600;
      const std::vector<std::uint8_t> garbage{0x00, 0xF8}, status{0x12};
      terminal.say(right || by_chance ? status : garbage);
      by_chance = false;
    }
  });
  const auto profile = with_speeds(38400, {9600});
  hal::PortAddress address{.kind = hal::PortKind::serial, .where = terminal.path()};
  EXPECT_TRUE(hal::make_escpos_serial_transport(address, profile, kAnswer)->open());
  EXPECT_EQ(terminal.speed(), speed_t{B9600});
  stopping = true;
  printer.join();
}

TEST(AMutePrinter, is_not_waited_for_when_the_terminal_ends) {
  PrinterAtASpeed line(B9600, true);
  const auto profile = with_speeds(9600, {19200});
  const auto factory = hal::make_escpos_serial_transport(line.address(), profile, milliseconds{3'600'000});
  std::thread opens([&] { (void)factory->open(); });
  factory->cancel();
  opens.join();
}

}  // namespace
