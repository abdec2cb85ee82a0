// A file is only as durable as its name: every folder in which something is made is synced.
#include <gtest/gtest.h>

#include "base/files.h"
#include "tests/offline_cache/child_process.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace offline_cache_examples;

class DurableNames : public testing::Test {
 protected:
  void SetUp() override {
    if (ChildProcess({"strace", "-qq", "-o", "/dev/null", "true"}).wait() != 0) GTEST_SKIP() << "strace cannot trace here";
  }
  // The system's calls `of` of a child, each with the path of its file.
  std::string traced(const std::string& of, const std::vector<std::string>& arguments) const {
    const auto log = (folder / "calls").string();
    EXPECT_EQ(ChildProcess(traced_outbox_child({"-y", "-e", "trace=" + of, "-o", log}, arguments)).wait(), 0);
    const auto calls = base::read_file(log);
    return calls ? *calls : std::string();
  }
  static std::ptrdiff_t count(const std::string& calls, const std::string& what) {
    std::ptrdiff_t found = 0;
    for (auto at = calls.find(what); at != std::string::npos; at = calls.find(what, at + 1)) ++found;
    return found;
  }

  test_support::TemporaryFolder folder;
};

TEST_F(DurableNames, are_those_of_folders_made_at_the_first_start) {
  const auto calls = traced("fsync", {"enqueue", (folder / "new" / "data").string(), "1"});
  EXPECT_EQ(count(calls, "<" + folder.path().string() + ">)"), 1) << calls;
  EXPECT_EQ(count(calls, "<" + (folder / "new").string() + ">)"), 1) << calls;
}

TEST_F(DurableNames, are_those_of_every_file_of_the_audit_log) {
  const auto calls = traced("fsync", {"audit", (folder / "data").string(), "60"});
  std::ptrdiff_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "data" / "audit"))
    files += entry.path().extension() == ".log" ? 1 : 0;
  EXPECT_GT(files, 3);
  EXPECT_GE(count(calls, "<" + (folder / "data" / "audit").string() + ">)"), files) << calls;
}

}  // namespace
