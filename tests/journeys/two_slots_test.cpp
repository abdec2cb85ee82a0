// C24: an update is installed into the other of two slots, and everything that can happen to it happens: the installer is killed
// at each of its steps; the new release is half written, ends at once, hangs, runs and is not good, is good. The real kiosk, the
// real linlictl; installer and boot loader are models (docs/decisions/two-slots.md). The queue lies in neither slot.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdio>
#include <map>

#include "base/files.h"
#include "offline_cache/courier/queue_courier.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "tests/journeys/boot_entries.h"
#include "tests/journeys/terminal.h"

namespace {

using journeys::Terminal;
namespace fs = std::filesystem;

constexpr int kWaiting = 20;   // applications
constexpr int kTries = 2;      // of a new release
constexpr int kMostBoots = 3;  // until a good one runs: every try, and the old release
constexpr int kInstallerSteps = 8;

// Entry last, and never a moment in which it names a slot that is not whole.
constexpr const char* kInstaller = R"(
entries=$0; slot=$1; release=$2; die_at=$3; name=$(basename "$slot")
step() { test "$1" != "$die_at" || kill -KILL $$; }
step 1; rm -f "$entries"/linli-2*.conf
step 2; rm -rf "$slot"; mkdir -p "$slot/bin"
step 3; head -c 4096 "$release" > "$slot/bin/linli-kiosk"
step 4; cp "$release" "$slot/bin/linli-kiosk"; chmod 755 "$slot/bin/linli-kiosk"
step 5; ln -s "$4" "$slot/share"; sync "$slot/bin/linli-kiosk" "$slot"
step 6; echo "$name" > "$entries/new"; sync "$entries/new"
step 7; mv "$entries/new" "$entries/linli-2+$5.conf"; sync "$entries"
step 8
)";

struct Release {
  const char* name;
  std::string script;  // instead of the program; empty: half of the program
  std::string why{};   // it comes up as far as its first page, and this is what is missing; empty: it does not come up
};

class AMachineWithTwoSlots : public testing::Test {
 protected:
  // The old release in slot a is good; applications wait, and the platform is away.
  void SetUp() override {
    ASSERT_TRUE(terminal.platform().switch_on(false));
    fill_queue();
    install("a", built(), 0);
    fs::rename(folder / "entries" / "linli-2+2.conf", folder / "entries" / "linli-1.conf");
    before = waiting();
    ASSERT_EQ(before.size(), static_cast<std::size_t>(kWaiting));
  }

  static fs::path built() { return kiosk::program_folder() / "linli-kiosk"; }
  static std::string linlictl() { return (kiosk::program_folder() / "linlictl").string(); }

  void fill_queue() {
    offline_cache::CourierConfiguration office;
    terminal.platform().describe(office);
    office.data_folder = terminal.data();
    office.terminal = "HP-03";
    office.platform_url.clear();
    const base::SystemClock clock;
    base::SystemRandom random;
    base::UuidSource ids(clock, random);
    const auto courier = offline_cache::make_queue_courier(office, clock, random, [](const auto&) {});
    for (int i = 0; i < kWaiting; ++i)
      courier->submit(
          {ids.next(), base::Secret(R"({"answers":{},"language":"zh","service":{"id":"repair-report","version":1}})")});
  }
  // Killed before the step `die_at`; 0: not at all.
  void install(const std::string& slot, const fs::path& release, int die_at) {
    (void)kiosk::ChildProcess::output_of({"/bin/sh", "-c", kInstaller, (folder / "entries").string(), (folder / slot).string(),
                                          release.string(), std::to_string(die_at),
                                          (kiosk::program_folder().parent_path() / "share").string(), std::to_string(kTries)});
  }
  fs::path made(const Release& release) const {
    auto file = folder / release.name;
    if (release.script.empty()) {
      fs::copy_file(built(), file);
      fs::resize_file(file, fs::file_size(file) / 2);
    } else {
      EXPECT_TRUE(base::write_file(file, "#!/bin/sh\n" + release.script));
    }
    return file;
  }

  // As systemd starts it with the units of packaging/: the kiosk, and linlictl healthy, which has `patience` seconds. What is not
  // good by then is restarted.
  bool boots(bool comes_up, int patience, const std::string& why = {}) {
    started = loader.boot();
    ++boot_count;
    terminal.install(folder / started / "bin" / "linli-kiosk");
    terminal.launch();
    if (comes_up) terminal.expect("welcome");
    const auto said = kiosk::ChildProcess::output_of(
        {"/bin/sh", "-c", R"(timeout "$2" "$0" --socket "$1" healthy --wait; code=$?; echo; echo $code)", linlictl(), socket(),
         std::to_string(patience)});
    if (said && said->ends_with("\n0\n")) return loader.bless(), true;
    EXPECT_TRUE(said && said->find(why) != std::string::npos) << (said ? *said : said.error().detail);
    terminal.die(SIGKILL);
    return false;
  }
  std::string socket() const { return (terminal.data() / "control.sock").string(); }

  // Of all that waits, as it lies on the disk; from a copy, since opening changes files.
  std::map<std::string, offline_cache::Digest> waiting() const {
    const test_support::TemporaryFolder copy;
    fs::copy(terminal.data() / "outbox", copy / "outbox", fs::copy_options::recursive);
    const base::SystemClock clock;
    base::SystemRandom random;
    auto opened = offline_cache::open_outbox(copy.path(), {}, clock, random);
    std::map<std::string, offline_cache::Digest> digests;
    if (!opened) return digests;
    auto rows = opened->outbox->list(offline_cache::State::queued, 0, 2 * kWaiting);
    for (const auto& row : std::move(rows).value_or({})) {
      const auto envelope = opened->outbox->envelope(row.row);
      if (envelope && *envelope) digests[row.stored.id.text()] = offline_cache::sha256((*envelope)->bytes);
    }
    return digests;
  }
  void expect_untouched() { EXPECT_EQ(waiting(), before) << "the queue is another"; }

  test_support::TemporaryFolder folder;
  Terminal terminal;
  journeys::BootEntries loader{folder / "entries"};
  std::map<std::string, offline_cache::Digest> before;
  std::string started;
  int boot_count = 0;
};

TEST_F(AMachineWithTwoSlots, starts_a_whole_release_wherever_the_installer_was_killed) {
  for (int step = 1; step <= kInstallerSteps; ++step) {
    SCOPED_TRACE(step);
    install("b", built(), step);
    ASSERT_EQ(loader.next(), step == kInstallerSteps ? "b" : "a");
    const auto program = folder / loader.next() / "bin" / "linli-kiosk";
    EXPECT_EQ(kiosk::ChildProcess::output_of({program.string(), "--version"}).value_or("it does not start"),
              kiosk::ChildProcess::output_of({built().string(), "--version"}).value_or(""));
    expect_untouched();
  }
  std::printf("proof: C24: an installer killed at %d steps: a whole release is next, the queue is untouched\n", kInstallerSteps);
}

TEST_F(AMachineWithTwoSlots, falls_back_from_a_release_that_is_not_good_and_stays_with_one_that_is) {
  constexpr int kShort = 3, kUntilTold = 10, kLong = 60;  // seconds
  const Release bad[] = {
      {"half", {}},
      {"crashes", "kill -SEGV $$\n"},
      {"hangs", "exec sleep 3600\n"},
      {"has-no-key", "grep -v ^office_key \"$3\" > \"$3.2\"; exec " + built().string() + " run --config \"$3.2\" --tree\n",
       "SAVE-007"}};
  for (const auto& release : bad) {
    SCOPED_TRACE(release.name);
    boot_count = 0;
    install("b", made(release), 0);
    while (loader.next() == "b" && boot_count < kMostBoots) {
      EXPECT_FALSE(boots(!release.why.empty(), release.why.empty() ? kShort : kUntilTold, release.why));
      EXPECT_EQ(started, "b");
      expect_untouched();
    }
    EXPECT_EQ(boot_count, kTries);
    EXPECT_EQ(loader.next(), "a");
  }

  ASSERT_TRUE(terminal.platform().switch_on(true));
  ASSERT_NO_FATAL_FAILURE(EXPECT_TRUE(boots(true, kLong)));
  EXPECT_EQ(started, "a") << "the old release, which is as good as before";
  terminal.die(SIGKILL);
  install("b", built(), 0);
  ASSERT_NO_FATAL_FAILURE(EXPECT_TRUE(boots(true, kLong)));
  EXPECT_EQ(started, "b");
  EXPECT_EQ(loader.next(), "b") << "and it stays: it was called good";
  EXPECT_TRUE(fs::exists(folder / "entries" / "linli-2.conf"));

  EXPECT_TRUE(kiosk::ChildProcess::output_of({linlictl(), "--socket", socket(), "queue", "--watch"}));
  EXPECT_TRUE(kiosk::ChildProcess::output_of({linlictl(), "--socket", socket(), "idle", "--wait"}));
  const auto received = nlohmann::json::parse(terminal.platform().record().value_or("[]"));
  std::map<std::string, int> arrived;
  for (const auto& application : received) ++arrived[application.value("id", "")];
  EXPECT_EQ(arrived.size(), before.size());
  for (const auto& [id, digest] : before) EXPECT_EQ(arrived[id], 1) << id;
  std::printf("proof: C24: %zu bad releases, %d tries each, then the old one runs; the good one stays; %d of %d arrived once\n",
              std::size(bad), kTries, static_cast<int>(received.size()), kWaiting);
}

}  // namespace
