// The process dies at any moment: what it acknowledged is there, nothing is there twice, nothing stays in flight.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <sstream>

#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;

// strace cannot work where ptrace is forbidden; then the tests below are skipped, loudly.
bool strace_works() {
  static const bool works = ChildProcess({"strace", "-qq", "-o", "/dev/null", "true"}).wait() == 0;
  if (!works) ADD_FAILURE_AT(__FILE__, __LINE__) << "strace cannot trace here: the system-call kill test did NOT run";
  return works;
}

// "id code" lines, as the child said them.
std::map<std::string, std::string> acknowledged_in(const std::string& said) {
  std::map<std::string, std::string> all;
  std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
  std::string id, code;
  while (lines >> id >> code) all[id] = code;
  return all;
}

// Every acknowledged application is there with its code; nothing is in flight; the queue adds up.
void expect_kept(const std::filesystem::path& folder, const std::map<std::string, std::string>& acknowledged) {
  test_support::FakeClock clock;
  base::SeededRandom random(1);
  auto opened = open_outbox(folder, {.ballast_bytes = 64 << 10}, clock, random);
  ASSERT_TRUE(opened) << opened.error().detail;
  ASSERT_EQ(opened->damaged_queues, 0);
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
  setenv("LINLI_BALLAST_BYTES", "65536", 1);
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

// One queue with a few rows, then one process per system call that is killed exactly there.
void kill_at_every(const std::string& system_call, const std::string& mode) {
  if (!strace_works()) return;
  int killed = 0;
  for (int k = 1; k <= 200; ++k) {
    test_support::TemporaryFolder folder;
    const std::string queue = (folder / "data").string();
    const std::string before = ChildProcess(outbox_child({"enqueue", queue, "2"})).read_until_end();
    std::vector<std::string> command{"strace", "-qq",
                                     "-o",     "/dev/null",
                                     "-e",     "trace=" + system_call,
                                     "-e",     "inject=" + system_call + ":signal=KILL:when=" + std::to_string(k)};
    const auto child_command = outbox_child({mode, queue, "2"});
    command.insert(command.end(), child_command.begin(), child_command.end());
    ChildProcess child(command);
    const std::string said = child.read_until_end();
    const int status = child.wait();
    SCOPED_TRACE(system_call + " " + std::to_string(k));
    auto acknowledged = acknowledged_in(before);
    acknowledged.merge(acknowledged_in(said));
    expect_kept(queue, acknowledged);
    if (status == 0) break;  // there is no k-th call: every one of them was a moment of death
    ++killed;
  }
  EXPECT_GE(killed, 2) << system_call;
}

TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_at_writes) { kill_at_every("pwrite64", "enqueue"); }
TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_at_syncs) { kill_at_every("fdatasync", "enqueue"); }
TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_at_opens) { kill_at_every("openat", "enqueue"); }
TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_while_draining) { kill_at_every("pwrite64", "drain"); }

// fdatasync calls of a mode with `count` lives, less those of opening and closing.
double syncs_per_life(const std::string& mode, int count) {
  const auto calls = [&](int lives) {
    test_support::TemporaryFolder folder;
    const std::string queue = (folder / "data").string(), log = (folder / "log").string();
    ChildProcess(outbox_child({"enqueue", queue, "1"})).wait();
    std::vector<std::string> command{"strace", "-qq", "-f", "-o", log, "-e", "trace=fdatasync,fsync"};
    const auto child_command = outbox_child({mode, queue, std::to_string(lives)});
    command.insert(command.end(), child_command.begin(), child_command.end());
    EXPECT_EQ(ChildProcess(command).wait(), 0);
    int lines = 0;
    FILE* file = fopen(log.c_str(), "r");
    for (int c; (c = fgetc(file)) != EOF;) lines += c == '\n' ? 1 : 0;
    fclose(file);
    return lines;
  };
  return static_cast<double>(calls(count + 1) - calls(1)) / count;
}

TEST(ALifeOfASubmission, costs_two_syncs_when_it_is_sent_at_once) {
  if (!strace_works()) return;
  const double syncs = syncs_per_life("life", 100);
  RecordProperty("syncs_per_life", std::to_string(syncs));
  EXPECT_GE(syncs, 2.0);
  EXPECT_LE(syncs, 2.1);
}

TEST(ALifeOfASubmission, costs_two_syncs_when_it_waited_in_a_backlog) {
  if (!strace_works()) return;
  const double syncs = syncs_per_life("drain", 100);
  RecordProperty("syncs_per_life", std::to_string(syncs));
  EXPECT_GE(syncs, 2.0);
  EXPECT_LE(syncs, 2.1);
}

}  // namespace
