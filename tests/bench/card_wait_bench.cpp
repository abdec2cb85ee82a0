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
#include <thread>

#include "base/file_descriptor.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_serial_transport.h"
#include "hal/simulated/offered_model.h"
#include "hal/simulated/sam_module.h"
#include "tests/bench/card_waiting.h"

namespace {

class ReaderElsewhere {
 public:
  ReaderElsewhere() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
    const base::FileDescriptor offered(ends[0]);
    base::FileDescriptor to_offer(ends[1]);
    child_ = fork();
    if (child_ == 0) be_reader(to_offer.get());
    to_offer = {};
    char sign = 0;
    offered_ = read(offered.get(), &sign, 1) == 1;
  }
  ~ReaderElsewhere() {
    if (child_ > 0) kill(child_, SIGKILL);
    if (child_ > 0) waitpid(child_, nullptr, 0);
    std::filesystem::remove(link_);
  }
  ReaderElsewhere(const ReaderElsewhere&) = delete;
  ReaderElsewhere& operator=(const ReaderElsewhere&) = delete;

  // Empty when there is none.
  std::string line() const { return offered_ ? link_ : std::string(); }

 private:
  [[noreturn]] void be_reader(int told) const {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto offered = hal::offer_on_terminal(std::make_shared<hal::SamModule>(), link_);
    if (!offered || write(told, "!", 1) != 1) _exit(EXIT_FAILURE);
    while (true) pause();
  }

  const std::string link_ = (std::filesystem::temp_directory_path() / fmt::format("card_wait_{}", getpid())).string();
  pid_t child_ = -1;
  bool offered_ = false;
};

void card_wait(benchmark::State& state) {
  const ReaderElsewhere reader;
  const auto others = bench::threads_now();
  const base::SystemClock clock;
  bench::report_driver_waiting(
      state, clock, hal::make_sdt_serial_transport({.kind = hal::PortKind::serial, .where = reader.line()}, clock), others);
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
  const base::FileDescriptor line(open(reader.line().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!line.valid()) return state.SkipWithError("no reader");
  std::jthread asking([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && answers(line.get())) std::this_thread::sleep_for(bench::kPlainPeriod);
  });
  for (auto _ : state) bench::report_waiting(state, others, bench::kMeasured);
}
BENCHMARK(card_wait_plain)->Iterations(1);

}  // namespace
