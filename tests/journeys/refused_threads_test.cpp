// The machine refuses the program a thread or a process, from any one on: it ends with a code and a sentence, never by a signal,
// and its queue is whole.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <regex>

#include "base/files.h"
#include "base/random.h"
#include "kiosk/app/child_process.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "tests/journeys/terminal.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int kOwnThreads = 24;     // that the main thread of a visit starts for itself; those that follow are Pango's
constexpr int kMostThreads = 1000;  // a visit takes fewer

// What one system call of a program is answered from its k-th time on. Its other threads, and its children, are not traced.
std::string refusing(const std::string& call, int k) {
  return "strace -qq -o /dev/null -E ASAN_OPTIONS=detect_leaks=0 -e trace=" + call + " -e inject=" + call +
         ":error=EAGAIN:when=" + std::to_string(k) + "+ ";
}

struct End {
  int status = -1;
  std::string said;
};
End end_of(const std::string& command) {
  End end;
  FILE* const output = popen(("exec " + command + " 2>&1").c_str(), "r");
  if (output == nullptr) return end;
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), output)) > 0;) end.said.append(buffer.data(), n);
  end.status = pclose(output);
  return end;
}

void expect_said_plainly(const std::string& said) {
  static const std::regex line("(^|\n)[A-Z]+-[0-9]{3} [A-Z][^\n]+\\.(\n|$)");
  EXPECT_TRUE(std::regex_search(said, line)) << said;
}

void expect_whole(const fs::path& data) {
  if (!fs::exists(data / "outbox")) return;  // it did not come so far
  test_support::FakeClock clock;
  base::SeededRandom random(1);
  auto opened = offline_cache::open_outbox(data, {.ballast_bytes = 64 << 10}, clock, random);
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->damaged_queues, 0);
  EXPECT_TRUE(opened->outbox->self_check());
}

class AMachineThatRefuses : public testing::Test {
 protected:
  void SetUp() override {
    if (end_of("strace -qq -o /dev/null true").status != 0) GTEST_SKIP() << "strace cannot trace here";
  }
  // Plays a visit again and again, each time with more calls granted, until it comes through; one more each time, at first.
  int refusals_of(const std::string& call) {
    const std::string kiosk = (kiosk::program_folder() / "linli-kiosk").string();
    int refused = 0;
    for (int k = 1; k <= kMostThreads; k += k < kOwnThreads ? 1 : k / 4) {
      SCOPED_TRACE(call + " refused from number " + std::to_string(k));
      const test_support::TemporaryFolder folder;
      const End end = end_of(refusing(call, k) + kiosk + " play --out " + (folder / "out").string());
      EXPECT_TRUE(WIFEXITED(end.status)) << "ended by signal " << WTERMSIG(end.status) << ": " << end.said;
      expect_whole(folder / "out" / "data" / "queue");
      if (end.status == 0) return refused;
      ++refused;
      expect_said_plainly(end.said);
      if (HasFailure()) break;
    }
    return refused;
  }
};

TEST_F(AMachineThatRefuses, a_thread_is_told_so_by_a_visit_that_is_played) {
  const int refused = refusals_of("clone3");
  EXPECT_GE(refused, 8);
  std::printf("proof: %d threads of a visit, refused from each one on: a code and a sentence each, the queue whole\n", refused);
}

TEST_F(AMachineThatRefuses, a_process_is_told_so_by_a_visit_that_is_played) {
  const int refused = refusals_of("clone");
  EXPECT_GE(refused, 3);
  std::printf("proof: %d processes of a visit, refused from each one on: a code and a sentence each\n", refused);
}

// As a service starts it: real drivers, a window, the voice.
TEST_F(AMachineThatRefuses, a_thread_is_told_so_by_a_terminal_that_starts) {
  journeys::Terminal terminal;
  int refused = 0;
  while (refused < kMostThreads) {
    const int k = refused + 1;
    SCOPED_TRACE("refused from thread number " + std::to_string(k));
    fs::remove(terminal.machine() / "log");
    terminal.launch(refusing("clone3", k));
    const auto status = terminal.ends_before("welcome");
    if (!status) break;
    ++refused;
    EXPECT_TRUE(WIFEXITED(*status)) << "ended by signal " << WTERMSIG(*status);
    EXPECT_NE(*status, 0);
    expect_said_plainly(base::read_file(terminal.machine() / "log").value_or(""));
    expect_whole(terminal.data());
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GE(refused, 5);
  terminal.die(SIGTERM);
  expect_whole(terminal.data());
  std::printf("proof: %d threads of a terminal's start, refused from each one on: a code and a sentence each\n", refused);
}

}  // namespace
