// A library that stands before libc: every fsync() and fdatasync() of a process that succeeds below LINLI_MEDIUM_OF is kept in
// LINLI_MEDIUM_STORE (kept.h). Linked by tests, and loaded into real programs by LD_PRELOAD.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/support/power_cut/kept.h"

namespace test_support {
namespace {

std::string key_of(int folder, const char* name) {
  struct statx found {};
  if (statx(folder, name, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &found) != 0) return {};
  return std::to_string(found.stx_ino) + "-" + std::to_string(found.stx_btime.tv_sec) + "-" +
         std::to_string(found.stx_btime.tv_nsec);
}

std::string names_in(int folder) {
  const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* const entries = own < 0 ? nullptr : fdopendir(own);
  std::string names;
  while (const dirent* entry = entries == nullptr ? nullptr : readdir(entries)) {
    const std::string_view name = entry->d_name;
    struct stat found {};
    if (name == "." || name == ".." || fstatat(folder, entry->d_name, &found, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (!S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode)) continue;
    names += std::string(S_ISDIR(found.st_mode) ? "d " : "f ") + std::to_string(found.st_mode & 07777U) + " " +
             key_of(folder, entry->d_name) + " " + entry->d_name + "\n";
  }
  if (entries != nullptr) closedir(entries);
  return names;
}

bool write_all(int file, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t count = write(file, bytes, size);
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

// Through a descriptor of its own: the file's may be open for writing alone.
bool copy_contents(int from, int to) {
  const int source = open(("/proc/self/fd/" + std::to_string(from)).c_str(), O_RDONLY | O_CLOEXEC);
  std::array<char, 65536> buffer{};
  off_t at = 0;
  ssize_t count = source < 0 ? -1 : 0;
  while (source >= 0 && (count = pread(source, buffer.data(), buffer.size(), at)) > 0) {
    if (!write_all(to, buffer.data(), static_cast<std::size_t>(count))) break;
    at += count;
  }
  if (source >= 0) close(source);
  return count == 0;
}

// A snapshot of the file as it is, not yet on the medium: `aside`, to become `place`.
struct Snapshot {
  std::string aside, place;
};
bool take(int file, const std::string& store, Snapshot& snapshot) {
  static std::atomic<int> number = 0;
  struct stat found {};
  const std::string key = key_of(file, "");
  if (key.empty() || fstat(file, &found) != 0) return false;
  const bool is_folder = S_ISDIR(found.st_mode);
  snapshot.place = store + "/" + key + (is_folder ? ".names" : ".bytes");
  snapshot.aside = store + "/aside-" + std::to_string(getpid()) + "-" + std::to_string(++number);
  const int to = open(snapshot.aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (to < 0) return false;
  const std::string names = is_folder ? names_in(file) : std::string();
  const bool done = is_folder ? write_all(to, names.data(), names.size()) : copy_contents(file, to);
  close(to);
  return done;
}

bool is_watched(int file) {
  const char* const of = std::getenv("LINLI_MEDIUM_OF");
  if (of == nullptr) return false;
  std::array<char, 4096> path{};
  const ssize_t size = readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path.data(), path.size());
  if (size <= 0) return false;
  const std::string_view place(path.data(), static_cast<std::size_t>(size));
  const std::string_view folder = of;
  return place == folder || (place.starts_with(folder) && place.substr(folder.size()).starts_with('/'));
}

int sync_and_keep(const char* function, int file) {
  const auto real = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, function));  // NOLINT: dlsym's interface
  const char* const store = std::getenv("LINLI_MEDIUM_STORE");
  if (store == nullptr || !is_watched(file)) return real(file);
  // One at a time: a snapshot must not take the place of a later one that another thread has synced meanwhile.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  Snapshot snapshot;
  const bool taken = take(file, store, snapshot);
  const int result = real(file);
  if (taken && result == 0) std::rename(snapshot.aside.c_str(), snapshot.place.c_str());
  return result;
}

}  // namespace

std::string key_of(int file) { return key_of(file, ""); }

bool keep(int file, const std::string& store) {
  Snapshot snapshot;
  return take(file, store, snapshot) && std::rename(snapshot.aside.c_str(), snapshot.place.c_str()) == 0;
}

}  // namespace test_support

extern "C" int fsync(int file) { return test_support::sync_and_keep("fsync", file); }
extern "C" int fdatasync(int file) { return test_support::sync_and_keep("fdatasync", file); }
