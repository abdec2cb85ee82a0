#include "tests/support/power_cut/medium.h"

#include <fcntl.h>
#include <stdlib.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/file_descriptor.h"
#include "tests/support/power_cut/kept.h"

namespace test_support {
namespace {

namespace fs = std::filesystem;

std::string key_at(const fs::path& place) {
  const base::FileDescriptor file(open(place.c_str(), O_RDONLY | O_CLOEXEC));
  return file.valid() ? key_of(file.get()) : std::string();
}

}  // namespace

Medium::Medium(const fs::path& folder) : folder_(fs::canonical(folder)) { settle(folder_); }

void Medium::settle(const fs::path& folder) const {
  const auto keep_at = [this](const fs::path& place) {
    const base::FileDescriptor file(open(place.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.valid() || !keep(file.get(), store_.path().string())) throw std::runtime_error("cannot keep " + place.string());
  };
  keep_at(folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_directory() || entry.is_regular_file()) keep_at(entry.path());
}

void Medium::watch() const {
  setenv("LINLI_MEDIUM_OF", folder_.c_str(), 1);
  setenv("LINLI_MEDIUM_STORE", store_.path().c_str(), 1);
}

void Medium::watch_no_more() const {
  unsetenv("LINLI_MEDIUM_OF");
  unsetenv("LINLI_MEDIUM_STORE");
}

fs::path Medium::recorder() { return LINLI_RECORDER; }

void Medium::cut(NamesLost names) {
  if (names == NamesLost::none) {
    restore_contents(folder_);
  } else {
    const std::string key = key_at(folder_);
    for (const auto& entry : fs::directory_iterator(folder_)) fs::remove_all(entry.path());
    restore(key, folder_);
  }
  for (const auto& kept : fs::directory_iterator(store_.path())) fs::remove(kept.path());
  settle(folder_);
}

void Medium::restore(const std::string& key, const fs::path& to) const {
  std::ifstream names(store_ / (key + ".names"));
  std::string line;
  while (std::getline(names, line)) {
    std::istringstream words(line);
    std::string kind, its_key, name;
    unsigned mode = 0;
    words >> kind >> mode >> its_key;
    std::getline(words >> std::ws, name);
    const fs::path place = to / name;
    if (kind == "d") {
      fs::create_directory(place);
      restore(its_key, place);
    } else if (const auto bytes = store_ / (its_key + ".bytes"); fs::exists(bytes)) {
      fs::copy_file(bytes, place);
    } else {
      std::ofstream empty(place);
    }
    fs::permissions(place, fs::perms{mode});
  }
}

void Medium::restore_contents(const fs::path& folder) const {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = store_ / (key_at(entry.path()) + ".bytes");
    if (fs::exists(bytes))
      fs::copy_file(bytes, entry.path(), fs::copy_options::overwrite_existing);
    else
      fs::resize_file(entry.path(), 0);
  }
}

}  // namespace test_support
