// links: linli_hal fmt::fmt
// What it costs to wait for a card: the real driver asking a reader on a real serial line, four times a second, beside a
// plain loop that asks ten times a second and does nothing else. The reader's firmware is the model, in a process of its
// own at the other end of a pseudo-terminal, so that only the asking is measured.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <thread>

#include "base/file_descriptor.h"
#include "hal/id_card/sdt_card_reader.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_serial_transport.h"
#include "hal/simulated/offered_model.h"
#include "hal/simulated/sam_module.h"
#include "tests/bench/processor_time.h"

namespace {

using namespace std::chrono_literals;

const auto kMeasured = std::getenv("LINLI_BENCH_QUICK") != nullptr ? 4s : 20s;
constexpr auto kUntilReady = 30s;
constexpr auto kPlainPeriod = 100ms;

class ReaderElsewhere {
 public:
  ReaderElsewhere() : child_(fork()) {
    if (child_ != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto offered = hal::offer_on_terminal(std::make_shared<hal::SamModule>(), link_);
    while (offered) pause();
    _exit(EXIT_FAILURE);
  }
  ~ReaderElsewhere() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    std::filesystem::remove(link_);
  }
  ReaderElsewhere(const ReaderElsewhere&) = delete;
  ReaderElsewhere& operator=(const ReaderElsewhere&) = delete;

  const std::string& line() const { return link_; }

 private:
  const std::string link_ = (std::filesystem::temp_directory_path() / fmt::format("card_wait_{}", getpid())).string();
  const pid_t child_;
};

void card_wait(benchmark::State& state) {
  const ReaderElsewhere reader;
  const auto others = bench::threads_now();
  const base::SystemClock clock;
  std::promise<void> online;
  bool told = false;  // of the driver's thread
  const auto driver = hal::make_sdt_card_reader(
      hal::make_sdt_serial_transport({.kind = hal::PortKind::serial, .where = reader.line()}, clock), clock,
      [] { return 2026y / 11 / 28; },
      [&](const hal::CardReaderEvent& event) {
        const auto* health = std::get_if<hal::DeviceHealth>(&event);
        if (health != nullptr && health->state == hal::DeviceState::online && !std::exchange(told, true)) online.set_value();
      });
  driver->want_card(true);
  for (auto _ : state) {
    if (online.get_future().wait_for(kUntilReady) != std::future_status::ready) return state.SkipWithError("no reader");
    bench::report_waiting(state, others, kMeasured);
  }
}
BENCHMARK(card_wait)->Iterations(1);

bool answers(int line) {
  static const auto kQuestion = hal::encode_sdt_question(hal::SdtCommand::find_card);
  std::array<std::uint8_t, 64> answer{};
  if (write(line, kQuestion.data(), kQuestion.size()) < 0) return false;
  pollfd waits{line, POLLIN, 0};
  return poll(&waits, 1, 1000) > 0 && read(line, answer.data(), answer.size()) > 0;
}

void card_wait_plain(benchmark::State& state) {
  const ReaderElsewhere reader;
  const auto others = bench::threads_now();
  base::FileDescriptor line;
  const auto deadline = std::chrono::steady_clock::now() + kUntilReady;
  while (!line.valid() && std::chrono::steady_clock::now() < deadline) {
    line = base::FileDescriptor(open(reader.line().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    std::this_thread::sleep_for(10ms);
  }
  if (!line.valid()) return state.SkipWithError("no reader");
  std::jthread asking([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && answers(line.get())) std::this_thread::sleep_for(kPlainPeriod);
  });
  for (auto _ : state) bench::report_waiting(state, others, kMeasured);
}
BENCHMARK(card_wait_plain)->Iterations(1);

}  // namespace
