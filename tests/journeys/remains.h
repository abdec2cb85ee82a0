// Looks for sentinels in the memory of processes and in files.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/journeys/sentinels.h"

namespace journeys {

struct Remain {
  std::string what;   // a needle's name
  std::string where;  // "linli-kiosk [heap]+1f0", a file
  std::string near;   // what stands around it, for people
};

// A process and all that descend from it.
std::vector<pid_t> family_of(pid_t process);

// In all memory that the family may write. Nothing when this machine does not let us look.
std::optional<std::vector<Remain>> remains_in_memory(pid_t process, const Sentinels& sentinels);
// What stands there from the first place on that begins so, at most `most` bytes; empty: nowhere.
std::string memory_from(pid_t process, std::string_view begin, std::size_t most);
// In all files below, names included, and in those the process has open, also when they have no name any more.
std::vector<Remain> remains_in_files(const std::filesystem::path& folder, const Sentinels& sentinels);
std::vector<Remain> remains_in_open_files(pid_t process, const Sentinels& sentinels);

// Of Sentinels::names(): the ones that were found.
std::set<std::string> found_names(const std::vector<Remain>& remains, const Sentinels& sentinels);
std::string told(const std::vector<Remain>& remains);  // for failure messages

}  // namespace journeys
