#include "hal/transport/file/file_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "hal/transport/deadline.h"

namespace hal {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// The deepest folder above the file that exists.
fs::path watched_folder(const fs::path& file) {
  fs::path folder = file.parent_path();
  while (folder.has_relative_path() && !is_there(folder)) folder = folder.parent_path();
  return folder;
}

// Whether one of the events that wait is about `name`.
bool concerns(int events, const std::string& name) {
  alignas(inotify_event) std::array<char, 4096> buffer{};
  bool found = false;
  while (true) {
    const auto size = read(events, buffer.data(), buffer.size());
    if (size <= 0) return found;
    for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(size);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      if (event.len > 0 && name == buffer.data() + at + sizeof event) found = true;
      at += sizeof event + event.len;
    }
  }
}

}  // namespace

void wait_for_file(const std::string& path, bool there_before, const WakeEvent& cancelled, std::chrono::milliseconds patience) {
  const auto deadline = deadline_after(patience);
  const fs::path file(path);
  while (true) {
    const base::FileDescriptor events(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const fs::path folder = watched_folder(file);
    if (events.valid())
      inotify_add_watch(events.get(), folder.c_str(), IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF);
    // Looked at after the watch began: what comes in between is seen by one of them.
    if (is_there(file) && !there_before) return;
    const bool watched = watched_folder(file) == folder;  // else a folder came or went before the watch began
    if (watched && cancelled.wait(events.get(), POLLIN, deadline) != Woken::ready) return;
    if (watched && folder == file.parent_path() && concerns(events.get(), file.filename())) return;
    there_before = there_before && is_there(file);
  }
}

}  // namespace hal
