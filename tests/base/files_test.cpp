#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/temporary_folder.h"

namespace {

TEST(AFileThatIsReplaced, is_the_new_one_whole) {
  const test_support::TemporaryFolder folder;
  ASSERT_TRUE(base::write_file(folder / "pin", "tries 1"));
  ASSERT_TRUE(base::write_file(folder / "pin", "tries 2", 0600));
  EXPECT_EQ(*base::read_file(folder / "pin"), "tries 2");
  struct stat found {};
  ASSERT_EQ(stat((folder / "pin").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(folder / "pin.new"));
}

TEST(AFileThatIsReplaced, stays_as_it_was_where_there_is_no_room) {
  const test_support::TemporaryFolder folder;
  ASSERT_TRUE(base::write_file(folder / "pin", "tries 1"));
  std::filesystem::create_symlink("/dev/full", folder / "pin.new");
  const auto written = base::write_file(folder / "pin", "tries 2");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().failure, base::Failure::save_io_error);
  EXPECT_EQ(*base::read_file(folder / "pin"), "tries 1");
  EXPECT_FALSE(std::filesystem::is_symlink(folder / "pin.new")) << "half a file helps nobody";
}

}  // namespace
