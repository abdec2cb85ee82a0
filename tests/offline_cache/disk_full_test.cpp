// No room, no rights: the resident is told before a form starts, and what waits can still leave.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;
using base::Failure;

// Enqueues until it is refused; the failure it is refused with.
Failure fill_up(Queue& queue, std::vector<Stored>& stored) {
  for (int i = 0; i < 5000; ++i) {
    auto made = queue.outbox->enqueue(envelope_for(queue.ids.next()), false);
    if (!made) return made.error().failure;
    stored.push_back(*std::move(made));
  }
  return Failure::internal;
}

TEST(AFullQuota, refuses_new_applications_and_lets_the_waiting_leave) {
  Queue queue;
  queue.limits.quota_bytes = 400 << 10;
  queue.reopen();
  std::vector<Stored> stored;
  EXPECT_EQ(fill_up(queue, stored), Failure::save_disk_full);
  EXPECT_GT(stored.size(), 20U);
  EXPECT_GE(queue.outbox->fill(), 0.95);
  auto lease = queue.claim();
  for (std::size_t i = 0; i < stored.size(); ++i) {
    ASSERT_TRUE(lease) << i;
    lease = queue.conclude(*lease, acknowledged(), kNext);
  }
  EXPECT_EQ(queue.outbox->counts().acknowledged, static_cast<int>(stored.size()));
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AFullQuota, opens_again_after_the_waiting_have_left) {
  Queue queue;
  queue.limits.quota_bytes = 1 << 20;
  queue.reopen();
  std::vector<Stored> stored;
  fill_up(queue, stored);
  auto lease = queue.claim();
  while (lease) lease = queue.conclude(*lease, acknowledged(), kNext);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(queue.outbox->tidy(Outbox::Tidy::when_idle));
  EXPECT_LT(queue.outbox->fill(), 0.93);
  queue.add();
}

// A file system of `bytes` of its own; only root may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& at, const std::string& options) : at_(at) {
    std::filesystem::create_directories(at);
    mounted_ = mount("tmpfs", at.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::filesystem::path at_;
  bool mounted_ = false;
};

TEST(AFullDisk, refuses_new_applications_and_lets_the_waiting_leave) {
  test_support::TemporaryFolder folder;
  const SmallDisk disk(folder / "disk", "size=4m");
  if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small file system";
  test_support::FakeClock clock;
  base::SeededRandom random(7);
  base::UuidSource ids(clock, random);
  const StoreLimits limits{.quota_bytes = 1LL << 30, .ballast_bytes = 512 << 10};
  auto opened = open_outbox(folder / "disk" / "data", limits, clock, random);
  ASSERT_TRUE(opened) << opened.error().detail;
  int stored = 0;
  std::ofstream filler(folder / "disk" / "filler", std::ios::binary);  // somebody else fills the disk
  for (int i = 0; i < 20; ++i) stored += opened->outbox->enqueue(envelope_for(ids.next()), false) ? 1 : 0;
  for (int i = 0; i < 4096 && filler.flush(); ++i) filler << std::string(1024, 'x');
  base::Result<Stored> refused = opened->outbox->enqueue(envelope_for(ids.next()), false);
  for (int i = 0; i < 100 && refused; ++i) {
    ++stored;
    refused = opened->outbox->enqueue(envelope_for(ids.next()), false);
  }
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().failure, Failure::save_disk_full);
  EXPECT_EQ(opened->outbox->fill(), 1.0);
  auto lease = opened->outbox->claim(kNext);
  for (int i = 0; i < stored; ++i) {
    ASSERT_TRUE(lease && *lease) << i << (lease ? "" : lease.error().detail);
    lease = opened->outbox->conclude(**lease, acknowledged(), kNext);
  }
  EXPECT_EQ(opened->outbox->counts().acknowledged, stored);
  EXPECT_FALSE(std::filesystem::exists(folder / "disk" / "ballast"));
  opened->outbox.reset();
  opened = open_outbox(folder / "disk" / "data", limits, clock, random);
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->outbox->counts().acknowledged, stored);
}

TEST(AFullDisk, cuts_a_write_short_and_nothing_is_lost) {
  Queue queue;
  const Stored before = queue.add();
  queue.close();
  // The kernel refuses to let the log grow: the write fails with EFBIG, an I/O error to SQLite.
  ChildProcess child({"sh", "-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\"", LINLI_OUTBOX_CHILD, "enqueue",
                      queue.folder.path().string(), "0"});
  const std::string said = child.read_until_end();
  EXPECT_EQ(child.wait(), 1);
  EXPECT_NE(said.find("SAVE-00"), std::string::npos) << said;
  queue.reopen();
  EXPECT_EQ(queue.state(before.id), State::queued);
  const auto lines = std::count(said.begin(), said.end(), '\n') - 1;
  EXPECT_GE(queue.outbox->counts().waiting() + queue.outbox->counts().held, lines + 1);
}

// Fault 12. Between no room for a lock and room for everything there is every number of files that can still be made.
TEST(ADiskWithoutInodes, is_said_to_be_unusable_or_works_and_nothing_lies_between) {
  test_support::TemporaryFolder folder;
  int refused = 0, worked = 0;
  for (int inodes = 1; inodes <= 12; ++inodes) {
    const SmallDisk disk(folder / "disk", "size=8m,nr_inodes=" + std::to_string(inodes));
    if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small file system";
    ChildProcess child(outbox_child({"enqueue", (folder / "disk" / "data").string(), "1"}));
    const std::string said = child.read_until_end();
    const int status = child.wait();
    EXPECT_TRUE((status == 0) != said.starts_with("SAVE-00")) << inodes << ": " << said;
    ++(status == 0 ? worked : refused);
    EXPECT_LE(status, 1) << "no crash";
  }
  EXPECT_GT(refused, 2);
  EXPECT_GT(worked, 0);
}

TEST(AReadOnlyFolder, is_unopenable_and_harmless) {
  Queue queue;
  queue.add();
  queue.close();
  const std::string folder = queue.folder.path().string();
  std::vector<std::string> command;
  if (geteuid() == 0)
    command = {"unshare",
               "-m",
               "sh",
               "-c",
               "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && exec \"$0\" open \"$1\"",
               LINLI_OUTBOX_CHILD,
               folder};
  else
    command = {"sh", "-c", "chmod 0555 \"$1\"; \"$0\" open \"$1\"; chmod 0755 \"$1\"", LINLI_OUTBOX_CHILD, folder};
  ChildProcess child(command);
  const std::string said = child.read_until_end();
  if (said.empty()) GTEST_SKIP() << "no mount namespace here";
  EXPECT_EQ(said, "SAVE-004\n");
  queue.reopen();
  EXPECT_EQ(queue.outbox->counts().queued, 1);
}

TEST(ASecondInstance, is_told_that_the_queue_is_in_use) {
  test_support::TemporaryFolder folder;
  ChildProcess owner(outbox_child({"hold", folder.path().string()}));
  ASSERT_EQ(owner.read_line(), "ok");
  EXPECT_EQ(ChildProcess(outbox_child({"open", folder.path().string()})).read_line(), "SAVE-005");
  owner.kill_now();
  owner.wait();
  EXPECT_TRUE(ChildProcess(outbox_child({"open", folder.path().string()})).read_line().starts_with("ok "));
}

}  // namespace
