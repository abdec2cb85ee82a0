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

// One process per system call, each on a copy of the queue, that is killed exactly there.
void kill_at_every(const std::string& system_call, const std::string& mode) {
  const SmallQueue before;
  int killed = 0;
  for (int k = 1; k <= 200; ++k) {
    test_support::TemporaryFolder folder;
    const std::string queue = (folder / "data").string();
    before.copy_to(queue);
    ChildProcess child(traced_outbox_child({"-o", "/dev/null", "-e", "trace=" + system_call, "-e",
                                            "inject=" + system_call + ":signal=KILL:when=" + std::to_string(k)},
                                           {mode, queue, "2"}));
    const std::string said = child.read_until_end();
    const int status = child.wait();
    SCOPED_TRACE(system_call + " " + std::to_string(k));
    auto acknowledged = acknowledged_in(before.said);
    acknowledged.merge(acknowledged_in(said));
    expect_kept(queue, acknowledged);
    if (status == 0) break;  // there is no k-th call: every one of them was a moment of death
    ++killed;
  }
  EXPECT_GE(killed, 2) << system_call;
}

TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_at_writes) {
  SKIP_WITHOUT_STRACE();
  kill_at_every("pwrite64", "enqueue");
}
TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_at_syncs) {
  SKIP_WITHOUT_STRACE();
  kill_at_every("fdatasync", "enqueue");
}
TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_at_opens) {
  SKIP_WITHOUT_STRACE();
  kill_at_every("openat", "enqueue");
}
TEST(AProcessKilledAtAnySystemCall, keeps_every_promise_while_draining) {
  SKIP_WITHOUT_STRACE();
  kill_at_every("pwrite64", "drain");
}

// The disk refuses at every moment instead; the process goes on and must say so.
void fail_at_every(const std::string& system_call, const std::string& error) {
  const SmallQueue before;
  bool refused = false;
  for (int k = 1; k <= 40; ++k) {
    test_support::TemporaryFolder folder;
    const std::string queue = (folder / "data").string();
    before.copy_to(queue);
    ChildProcess child(traced_outbox_child({"-o", "/dev/null", "-e", "trace=" + system_call, "-e",
                                            "inject=" + system_call + ":error=" + error + ":when=" + std::to_string(k)},
                                           {"enqueue", queue, "2"}));
    const std::string said = child.read_until_end();
    SCOPED_TRACE(system_call + " " + error + " " + std::to_string(k));
    const auto failure = said.find("SAVE-00");
    refused = refused || failure != std::string::npos;
    auto acknowledged = acknowledged_in(before.said);
    acknowledged.merge(acknowledged_in(said.substr(0, failure)));
    expect_kept(queue, acknowledged);
    if (failure == std::string::npos && acknowledged.size() == 4 && k > 8) break;
  }
  EXPECT_TRUE(refused);
}

TEST(ADiskThatFails, is_noticed_when_a_sync_fails) {
  SKIP_WITHOUT_STRACE();
  fail_at_every("fdatasync", "EIO");
}
TEST(ADiskThatFails, is_noticed_when_a_write_fails) {
  SKIP_WITHOUT_STRACE();
  fail_at_every("pwrite64", "EIO");
}
TEST(ADiskThatFails, is_noticed_when_a_write_finds_no_room) {
  SKIP_WITHOUT_STRACE();
  fail_at_every("pwrite64", "ENOSPC");
}

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
