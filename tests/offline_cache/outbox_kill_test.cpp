// The process dies at any moment: what it acknowledged is there, nothing is there twice, nothing stays in flight.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/stored_examples.h"
#include "tests/offline_cache/thoroughness.h"

namespace {

using namespace offline_cache_examples;

// strace cannot work where ptrace is forbidden; then the tests below are skipped, loudly.
bool strace_works() {
  static const bool works = ChildProcess({"strace", "-qq", "-o", "/dev/null", "true"}).wait() == 0;
  if (!works) fmt::print(stderr, "\n*** strace cannot trace here: the system-call tests of the queue did NOT run ***\n\n");
  return works;
}
#define SKIP_WITHOUT_STRACE() \
  if (!strace_works()) GTEST_SKIP() << "strace cannot trace here"

// "id code" lines, as the child said them.
std::map<std::string, std::string> acknowledged_in(const std::string& said) {
  std::map<std::string, std::string> all;
  std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
  std::string id, code;
  while (lines >> id >> code) all[id] = code;
  return all;
}

// Every acknowledged application is there with its code; nothing is in flight; the queue adds up. A disk that fails to read may
// have had it set aside and rescued.
void expect_kept(const std::filesystem::path& folder, const std::map<std::string, std::string>& acknowledged,
                 int most_set_aside = 0) {
  test_support::FakeClock clock;
  base::SeededRandom random(1);
  auto opened = open_outbox(folder, {.ballast_bytes = 64 << 10}, clock, random);
  ASSERT_TRUE(opened) << opened.error().detail;
  ASSERT_LE(opened->damaged_queues, most_set_aside);
  Outbox& outbox = *opened->outbox;
  for (const auto& [id, code] : acknowledged) {
    const auto found = outbox.find(*base::Uuid::parse(id));
    ASSERT_TRUE(found);
    ASSERT_TRUE(*found) << id << " was acknowledged and is lost";
    ASSERT_EQ((*found)->receipt_code, code);
  }
  EXPECT_EQ(outbox.counts().in_flight, 0);
  EXPECT_GE(outbox.counts().waiting() + outbox.counts().held + outbox.counts().acknowledged,
            static_cast<int>(acknowledged.size()));
  EXPECT_TRUE(outbox.self_check());
}

TEST(AKilledProcess, loses_nothing_it_acknowledged) {
  test_support::TemporaryFolder folder;
  base::SeededRandom random(11);
  std::map<std::string, std::string> acknowledged;
  for (int kills = 0; kills < 50; ++kills) {
    ChildProcess child(outbox_child({"enqueue", folder.path().string(), "0"}));
    std::string said;
    // Somewhere after the first few acknowledgements, at a moment nobody chose.
    const std::uint64_t lines = random.below(12);
    for (std::uint64_t i = 0; i < lines; ++i) said += child.read_line() + "\n";
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random.below(3000));
    while (std::chrono::steady_clock::now() < until) {}
    child.kill_now();
    said += child.read_until_end();
    EXPECT_EQ(child.wait(), 128 + 9);
    acknowledged.merge(acknowledged_in(said));
  }
  EXPECT_GT(acknowledged.size(), 100U);
  expect_kept(folder.path(), acknowledged);
}

// A queue with a few rows, and what its process said when it stored them.
struct SmallQueue {
  SmallQueue() : said(ChildProcess(outbox_child({"enqueue", (folder / "data").string(), "2"})).read_until_end()) {}
  void copy_to(const std::filesystem::path& place) const {
    std::filesystem::copy(folder / "data", place, std::filesystem::copy_options::recursive);
  }
  test_support::TemporaryFolder folder;
  std::string said;
};

// Calls of files and descriptors that a mode makes once it has come to its queue: name, and how manieth of that name.
using Calls = std::vector<std::pair<std::string, int>>;
Calls calls_of(const std::string& mode, const SmallQueue& before) {
  test_support::TemporaryFolder folder;
  const std::string queue = (folder / "data").string();
  before.copy_to(queue);
  const std::string log = (folder / "log").string();
  EXPECT_EQ(ChildProcess(traced_outbox_child({"-o", log, "-e", "trace=%file,%desc"}, {mode, queue, "2"})).wait(), 0);
  std::ifstream lines(log);
  Calls calls;
  std::map<std::string, int> counts;
  bool there = false;
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find('('));
    const int number = ++counts[name];
    there = there || (name != "execve" && line.find(queue) != std::string::npos);
    if (there) calls.emplace_back(name, number);
  }
  return calls;
}

// Those by which a promise reaches the disk are all tried, of the others a sample.
// A death behind every write; of errors of writes every other one, of all else a few.
bool is_tried(const std::string& call, std::size_t index, bool deadly) {
  static const std::set<std::string> writing{"pwrite64", "fdatasync", "fsync", "ftruncate", "fallocate", "rename", "unlink"};
  constexpr std::size_t kSample = 8;
  if (writing.contains(call)) return every_one() || deadly || index % 2 == 0;
  return every_one() || index % kSample == 0;
}

// One process per system call, each on a copy of the queue, with this done to exactly that call. Returns how many there were;
// `judge` gets the exit status and what was said.
int at_every_call(const std::string& mode, const std::string& what,
                  const std::function<void(int status, const std::string& said)>& judge) {
  const SmallQueue before;
  const Calls calls = calls_of(mode, before);
  EXPECT_GT(calls.size(), 50U);
  int tried = 0;
  for (std::size_t i = 0; i < calls.size() && !testing::Test::HasFailure(); ++i) {
    const auto& [call, number] = calls[i];
    if (!is_tried(call, i, what.starts_with("signal"))) continue;
    test_support::TemporaryFolder folder;
    const std::string queue = (folder / "data").string();
    before.copy_to(queue);
    SCOPED_TRACE(fmt::format("{}: {} number {} meets {}", mode, call, number, what));
    ChildProcess child(traced_outbox_child(
        {"-o", "/dev/null", "-e", "trace=" + call, "-e", fmt::format("inject={}:{}:when={}", call, what, number)},
        {mode, queue, "2"}));
    const std::string said = child.read_until_end();
    judge(child.wait(), said);
    auto acknowledged = acknowledged_in(before.said);
    acknowledged.merge(acknowledged_in(said.substr(0, said.find("SAVE-0"))));
    expect_kept(queue, acknowledged, what.starts_with("error") ? 1 : 0);
    ++tried;
  }
  return tried;
}

class AProcessKilledAtAnySystemCall : public testing::TestWithParam<const char*> {};

TEST_P(AProcessKilledAtAnySystemCall, keeps_every_promise) {
  SKIP_WITHOUT_STRACE();
  int killed = 0;
  const int tried = at_every_call(GetParam(), "signal=KILL", [&](int status, const std::string&) {
    EXPECT_TRUE(status == 0 || status == 128 + SIGKILL) << status;
    killed += status == 0 ? 0 : 1;
  });
  EXPECT_GT(killed, tried * 9 / 10) << "the calls come in another order each time";
  std::printf("proof: %s: %d deaths at system calls, every promise kept\n", GetParam(), killed);
}

INSTANTIATE_TEST_SUITE_P(_, AProcessKilledAtAnySystemCall, testing::Values("enqueue", "drain"),
                         [](const auto& mode) { return std::string(mode.param); });

// The disk refuses at every moment instead; the process goes on and must say so.
class ADiskThatFails : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(ADiskThatFails, is_noticed_and_costs_no_promise) {
  SKIP_WITHOUT_STRACE();
  const auto& [mode, error] = GetParam();
  int told = 0;
  const int tried = at_every_call(mode, fmt::format("error={}", error), [&](int status, const std::string& said) {
    EXPECT_LT(status, 128) << "a signal";
    told += said.find("SAVE-0") == std::string::npos ? 0 : 1;
  });
  EXPECT_GT(told, 10);
  std::printf("proof: %s: %d system calls met %s, told %d times, every promise kept\n", mode, tried, error, told);
}

INSTANTIATE_TEST_SUITE_P(
    _, ADiskThatFails, testing::Combine(testing::Values("enqueue", "drain"), testing::Values("EIO", "ENOSPC", "EROFS", "EMFILE")),
    [](const auto& fault) { return std::string(std::get<0>(fault.param)) + "_" + std::get<1>(fault.param); });

// fdatasync calls of a mode with `count` lives, less those of opening and closing.
double syncs_per_life(const std::string& mode, int count) {
  const auto calls = [&](int lives) {
    test_support::TemporaryFolder folder;
    const std::string queue = (folder / "data").string(), log = (folder / "log").string();
    ChildProcess(outbox_child({"enqueue", queue, "1"})).wait();
    EXPECT_EQ(
        ChildProcess(traced_outbox_child({"-f", "-o", log, "-e", "trace=fdatasync,fsync"}, {mode, queue, std::to_string(lives)}))
            .wait(),
        0);
    int lines = 0;
    FILE* file = fopen(log.c_str(), "r");
    for (int c; (c = fgetc(file)) != EOF;) lines += c == '\n' ? 1 : 0;
    fclose(file);
    return lines;
  };
  return static_cast<double>(calls(count + 1) - calls(1)) / count;
}

TEST(ALifeOfASubmission, costs_two_syncs_when_it_is_sent_at_once) {
  SKIP_WITHOUT_STRACE();
  const double syncs = syncs_per_life("life", 100);
  RecordProperty("syncs_per_life", std::to_string(syncs));
  EXPECT_GE(syncs, 2.0);
  EXPECT_LE(syncs, 2.1);
}

TEST(ALifeOfASubmission, costs_two_syncs_when_it_waited_in_a_backlog) {
  SKIP_WITHOUT_STRACE();
  const double syncs = syncs_per_life("drain", 100);
  RecordProperty("syncs_per_life", std::to_string(syncs));
  EXPECT_GE(syncs, 2.0);
  EXPECT_LE(syncs, 2.1);
}

}  // namespace
