// No memory and no file descriptors, for the queue and for the courier: nobody crashes, nothing acknowledged is lost, and when
// there is some again, it serves again.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <filesystem>
#include <vector>

#include "base/file_descriptor.h"
#include "base/log.h"
#include "offline_cache/courier/delivery.h"
#include "tests/offline_cache/crash/scripted_day.h"
#include "tests/offline_cache/small_terminal.h"
#include "tests/offline_cache/thoroughness.h"
#include "tests/support/fault_server.h"

namespace {

using namespace std::chrono_literals;

// --- memory: SQLite's own allocator refuses -------------------------------------------------------------------------------

// While it lives, SQLite's allocations are counted, and refused as told. There is no connection when it begins or ends.
class ScarceMemory {
 public:
  ScarceMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual_);
    sqlite3_mem_methods scarce = usual_;
    scarce.xMalloc = [](int size) { return refused() ? nullptr : usual_.xMalloc(size); };
    scarce.xRealloc = [](void* old, int size) { return refused() ? nullptr : usual_.xRealloc(old, size); };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &scarce);
  }
  ~ScarceMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &usual_);
  }
  ScarceMemory(const ScarceMemory&) = delete;
  ScarceMemory& operator=(const ScarceMemory&) = delete;

  // From the `first`th allocation from now on, `many` are refused.
  static void refuse(long first, long many) { asked_ = 0, first_ = first, last_ = first + many - 1; }
  static void refuse_none() { refuse(0, 0); }
  static long asked() { return asked_; }

 private:
  static bool refused() { return ++asked_ >= first_ && asked_ <= last_; }
  static inline sqlite3_mem_methods usual_{};
  static inline long asked_ = 0, first_ = 0, last_ = -1;
};

class ADayWithoutMemory : public testing::TestWithParam<long> {
 protected:
  // Opens and plays the day; its states after each step that was acknowledged.
  std::vector<crash::States> play_undisturbed() {
    std::vector<crash::States> states{crash::States{}};
    for (const bool note : {false, true}) {  // noting allocates, too
      crash::Disk disk;
      day.begin(disk);
      ScarceMemory::refuse_none();
      auto opened = day.open(disk, 512, false);
      (void)day.play(*opened->outbox, [&](std::size_t) {
        if (note) states.push_back(*day.states(*opened->outbox));
      });
      if (!note) allocations = ScarceMemory::asked();
    }
    return states;
  }
  // True when the program was told of the refusal.
  bool play_refusing(long first, const std::vector<crash::States>& states) {
    crash::Disk disk;
    day.begin(disk);
    std::size_t done = 0;
    bool told = true;
    ScarceMemory::refuse(first, GetParam());
    if (auto opened = day.open(disk, 512, false))
      told = day.play(*opened->outbox, [&](std::size_t index) { done = index + 1; }) < day.steps();
    ScarceMemory::refuse_none();
    expect_found(disk, done, states);
    return told;
  }
  // What the courier does after an error: close, open anew. Exactly the states before the step under way, or those after it. The
  // last step tidies; what it leaves undone it does the next time.
  void expect_found(crash::Disk& disk, std::size_t done, const std::vector<crash::States>& states) {
    auto again = day.open(disk, 512, false);
    ASSERT_TRUE(again) << again.error().detail;
    const auto found = day.states(*again->outbox);
    ASSERT_TRUE(found) << found.error().detail;
    const std::size_t before = std::min(done, day.steps() - 1);
    EXPECT_TRUE(*found == crash::ScriptedDay::recovered(states[before]) ||
                *found == crash::ScriptedDay::recovered(states[before + 1]))
        << "after " << done << " steps: " << told(*found, states[before], states[before + 1]);
    EXPECT_EQ(day.check_payloads(*again->outbox), "");
    EXPECT_TRUE(again->outbox->self_check());
    EXPECT_TRUE(again->outbox->enqueue(day.another(), false)) << "it takes no new application";
  }

  static std::string told(const crash::States& found, const crash::States& before, const crash::States& after) {
    const auto state_in = [](const crash::States& all, const std::string& id) {
      const auto row = all.find(id);
      return row == all.end() ? std::string("nothing") : std::to_string(static_cast<int>(row->second.state)) + row->second.parts;
    };
    std::string text;
    for (const auto& states : {found, after})
      for (const auto& [id, row] : states)
        if (state_in(found, id) != state_in(after, id))
          text += id + ": " + state_in(found, id) + ", not " + state_in(before, id) + " or " + state_in(after, id) + "; ";
    return text;
  }

  const ScarceMemory memory;
  crash::ScriptedDay day{1};
  long allocations = 0;
};

TEST_P(ADayWithoutMemory, loses_nothing_and_goes_on_when_there_is_some_again) {
  base::log::quiet();
  const auto states = play_undisturbed();
  ASSERT_GT(allocations, 1000);
  constexpr long kSample = 300;
  const long stride = offline_cache_examples::every_one() ? 1 : std::max(1L, allocations / kSample);
  long refusals = 0, told = 0;
  for (long first = 1 + GetParam() % stride; first <= allocations && !HasFailure(); first += stride) {
    SCOPED_TRACE("allocation " + std::to_string(first) + " of " + std::to_string(allocations));
    told += play_refusing(first, states) ? 1 : 0;
    ++refusals;
  }
  EXPECT_GT(told, 0);
  std::printf("proof: %ld of %ld allocations of a day refused, %ld at a time: told %ld times, nothing lost\n", refusals,
              allocations, GetParam(), told);
}

INSTANTIATE_TEST_SUITE_P(_, ADayWithoutMemory, testing::Values(1L, 20L, 1000000L));

// --- file descriptors ------------------------------------------------------------------------------------------------------

// While it lives, the process may open only so many files more.
class FewFiles {
 public:
  explicit FewFiles(int spare) {
    getrlimit(RLIMIT_NOFILE, &usual_);
    int highest = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
      highest = std::max(highest, std::stoi(entry.path().filename()));
    // Numbers that are free below that one would be given first.
    do holders_.emplace_back(open("/dev/null", O_RDONLY | O_CLOEXEC));
    while (holders_.back().get() < highest);
    rlimit few = usual_;
    few.rlim_cur = static_cast<rlim_t>(holders_.back().get() + 1 + spare);
    setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewFiles() { setrlimit(RLIMIT_NOFILE, &usual_); }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;

 private:
  rlimit usual_{};
  std::vector<base::FileDescriptor> holders_;
};

class ACourierWithFewFiles : public testing::Test {
 protected:
  ACourierWithFewFiles() { base::log::quiet(); }

  static constexpr auto kTried = 400ms, kUntilItServes = 20'000ms;

  struct Told {
    bool saved = false, failed = false;
    std::string number;
  };
  void hear(const offline_cache::CourierEvent& event) {
    if (std::holds_alternative<offline_cache::Saved>(event)) told.saved = true;
    if (std::holds_alternative<offline_cache::SaveFailed>(event)) told.failed = true;
    if (const auto* received = std::get_if<offline_cache::Received>(&event)) told.number = received->number;
  }
  void turn(offline_cache::Delivery& delivery, std::chrono::milliseconds patience) const {
    for (const auto until = clock.now() + patience; told.number.empty() && clock.now() < until;) {
      delivery.send_now();
      delivery.wake();
      delivery.step();
    }
  }
  // The resident presses as long as nothing is saved, first without files, then with.
  void submit_with(int spare) {
    const test_support::TemporaryFolder folder;
    base::SystemRandom random;
    const offline_cache::Submission submission{ids.next(), base::Secret(R"({"answers":{},"language":"zh"})")};
    told = {};
    auto few = std::make_unique<FewFiles>(spare);
    offline_cache::Delivery delivery(offline_cache_examples::small_terminal(server, folder.path()), clock, random,
                                     [this](const auto& event) { hear(event); });
    delivery.begin();
    delivery.submit(submission);
    turn(delivery, kTried);
    hampered += told.number.empty() ? 1 : 0;
    few.reset();
    const bool was_saved = told.saved;
    if (!was_saved) delivery.submit(submission);
    turn(delivery, kUntilItServes);
    EXPECT_NE(told.number, "") << "it does not serve again";
    EXPECT_EQ(server.accepted().count(submission.id.text()), 1U);
    delivery.end();
  }

  mutable test_support::FaultServer server;
  base::SystemClock clock;
  base::SystemRandom system_random;
  base::UuidSource ids{clock, system_random};
  Told told;
  int hampered = 0;
};

TEST_F(ACourierWithFewFiles, loses_nothing_and_serves_again_when_there_are_some) {
  // UBSan opens a pipe for the first look at each class; what it has seen here, it looks at no more.
  constexpr int kPlenty = 100;
  submit_with(kPlenty);
  hampered = 0;
  constexpr int kEnough = 24;
  for (int spare = 0; spare <= kEnough && !HasFailure(); ++spare) {
    SCOPED_TRACE(std::to_string(spare) + " files");
    submit_with(spare);
  }
  EXPECT_GT(hampered, 5);
  EXPECT_LT(hampered, kEnough) << "with so many it should have come through";
  EXPECT_EQ(server.conflicts(), 0);
  EXPECT_EQ(server.opened().size(), static_cast<std::size_t>(kEnough + 2)) << "and the first";
  std::printf("proof: 0 to %d files more: %d times hampered, every application arrived once\n", kEnough, hampered);
}

}  // namespace
