// The folder whose power can be cut (tests/support/power_cut/) loses what it should, and nothing else.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "base/files.h"
#include "tests/support/power_cut/medium.h"

namespace {

namespace fs = std::filesystem;
using test_support::NamesLost;

class AMedium : public testing::Test {
 protected:
  ~AMedium() override { medium.watch_no_more(); }

  // The file's end gets `text`; synced or not.
  void append(const std::string& name, std::string_view text, bool synced) const {
    const base::FileDescriptor file(open((folder / name).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
    ASSERT_EQ(write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ASSERT_TRUE(!synced || fdatasync(file.get()) == 0);
  }
  void sync_names() const {
    const base::FileDescriptor names(open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ASSERT_EQ(fsync(names.get()), 0);
  }
  std::string text_of(const std::string& name) const { return base::read_file(folder / name).value_or("(none)"); }

  test_support::TemporaryFolder folder;
  bool settled = base::write_file(folder / "old", "old").ok();
  test_support::Medium medium{folder.path()};
};

TEST_F(AMedium, keeps_what_was_there_and_forgets_what_was_not_synced) {
  medium.watch();
  append("old", " synced", true);
  append("old", " not synced", false);
  medium.cut(NamesLost::unsynced);
  EXPECT_EQ(text_of("old"), "old synced");
}

TEST_F(AMedium, forgets_a_new_name_until_its_folder_is_synced) {
  medium.watch();
  append("new", "text", true);
  medium.cut(NamesLost::unsynced);
  EXPECT_FALSE(fs::exists(folder / "new"));
  append("new", "text", true);
  sync_names();
  append("new", " more", false);
  medium.cut(NamesLost::unsynced);
  EXPECT_EQ(text_of("new"), "text");
  EXPECT_EQ(fs::status(folder / "new").permissions(), fs::perms{0640});
}

TEST_F(AMedium, undoes_a_renaming_until_its_folder_is_synced) {
  medium.watch();
  append("aside", "new", true);
  fs::rename(folder / "aside", folder / "old");
  medium.cut(NamesLost::unsynced);
  EXPECT_EQ(text_of("old"), "old");
}

TEST_F(AMedium, may_keep_names_of_which_the_contents_are_gone) {
  medium.watch();
  append("aside", "new", false);
  fs::rename(folder / "aside", folder / "old");
  medium.cut(NamesLost::none);
  EXPECT_EQ(text_of("old"), "") << "as it is with a file that was replaced and not synced";
}

TEST_F(AMedium, sees_nothing_of_a_process_that_is_not_watched) {
  append("old", " synced", true);
  medium.cut(NamesLost::unsynced);
  EXPECT_EQ(text_of("old"), "old");
}

}  // namespace
