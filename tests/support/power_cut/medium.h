// A folder whose power can be cut under real programs: what was not synced is gone then. A process that writes there is watched
// from its first line on, by the recorder (recorder.cpp), and dies by SIGKILL before the cut.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.h"

namespace test_support {

// What a cut takes with it beside contents that were not synced.
enum class NamesLost {
  unsynced,  // every change of names in a folder since that was synced: what POSIX allows
  none,      // all names are there, of files whose contents are not: what journals of meta-data leave
};

class Medium {
 public:
  // What is in the folder now is on the medium.
  explicit Medium(const std::filesystem::path& folder);

  // Of this process and those it starts from now on; for a child process, before it begins.
  void watch() const;
  void watch_no_more() const;
  static std::filesystem::path recorder();  // for LD_PRELOAD of a program that was not linked to it

  // The folder becomes what the medium holds, which is watched on. Nobody has anything in it open.
  void cut(NamesLost names);

 private:
  void settle(const std::filesystem::path& folder) const;
  void restore(const std::string& key, const std::filesystem::path& to) const;
  void restore_contents(const std::filesystem::path& folder) const;

  std::filesystem::path folder_;
  TemporaryFolder store_;
};

}  // namespace test_support
