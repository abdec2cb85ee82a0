#include "tests/offline_cache/crash/crash_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <new>

namespace crash {
namespace {

struct Mounted {
  Disk* disk = nullptr;
  int sector = 512;
  bool powersafe = false;
};

std::mutex mounted_mutex;
std::map<std::string, Mounted, std::less<>> mounted;  // by "/17/"

// Where a path leads; a null disk: nowhere.
std::pair<Mounted, std::string> place_of(const char* path) {
  const std::string_view text(path);
  const std::lock_guard guard(mounted_mutex);
  auto found = mounted.upper_bound(text);  // the last that is not behind it: no folder lies inside another
  if (found == mounted.begin() || !text.starts_with((--found)->first)) return {};
  return {found->second, std::string(text.substr(found->first.size()))};
}

struct OpenFile {
  Mounted place;
  Disk::File file;
  std::string delete_on_close;
  bool journal = false;
};

// SQLite allocates szOsFile bytes; the C++ object hangs on them.
struct Slot {
  sqlite3_file base;
  OpenFile* open;
};
OpenFile& open_file(sqlite3_file* file) { return *reinterpret_cast<Slot*>(file)->open; }

int code_of(Fault fault, int write_code) {
  switch (fault) {
    case Fault::none:
      return SQLITE_OK;
    case Fault::full:
      return SQLITE_FULL;
    case Fault::write_error:
      return write_code;
    case Fault::sync_error:
      return SQLITE_IOERR_FSYNC;
  }
  return SQLITE_IOERR;
}

int close(sqlite3_file* file) {
  auto* slot = reinterpret_cast<Slot*>(file);
  if (!slot->open->delete_on_close.empty()) (void)slot->open->place.disk->remove(slot->open->delete_on_close, false);
  delete slot->open;
  slot->open = nullptr;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  const OpenFile& opened = open_file(file);
  if (opened.place.disk != nullptr && opened.place.disk->unreadable) return SQLITE_IOERR_READ;
  const std::string& bytes = opened.file->now;
  const auto wanted = static_cast<std::size_t>(amount), from = static_cast<std::size_t>(offset);
  const std::size_t there = from < bytes.size() ? std::min(wanted, bytes.size() - from) : 0;
  if (there > 0) std::memcpy(into, bytes.data() + from, there);
  std::memset(static_cast<char*>(into) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  auto& open = open_file(file);
  const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(amount));
  return code_of(open.place.disk->write(*open.file, static_cast<std::size_t>(offset), bytes), SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  auto& open = open_file(file);
  return code_of(open.place.disk->truncate(*open.file, static_cast<std::size_t>(size)), SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int) {
  auto& open = open_file(file);
  return code_of(open.place.disk->sync(*open.file, open.journal), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(open_file(file).file->now.size());
  return SQLITE_OK;
}

int lock(sqlite3_file*, int) { return SQLITE_OK; }
int check_lock(sqlite3_file*, int* held) {
  *held = 0;
  return SQLITE_OK;
}
int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file* file) { return open_file(file).place.sector; }
int characteristics(sqlite3_file* file) { return open_file(file).place.powersafe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0; }

const sqlite3_io_methods kMethods = {1,       close,      read,         write,       truncate,        sync,    file_size, lock,
                                     lock,    check_lock, file_control, sector_size, characteristics, nullptr, nullptr,   nullptr,
                                     nullptr, nullptr,    nullptr};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* slot = reinterpret_cast<Slot*>(file);
  slot->base.pMethods = nullptr;
  auto opened = std::make_unique<OpenFile>();
  if (path == nullptr) {
    static Disk nowhere;  // a temporary file: gone with its handle
    opened->place.disk = &nowhere;
    opened->file = nowhere.open_nameless();
  } else {
    const auto [place, name] = place_of(path);
    if (place.disk == nullptr) return SQLITE_CANTOPEN;
    opened->place = place;
    opened->file = place.disk->open(name, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!opened->file) return SQLITE_CANTOPEN;
    if ((flags & SQLITE_OPEN_DELETEONCLOSE) != 0) opened->delete_on_close = name;
  }
  // The system's VFS syncs the folder with the first sync of these.
  opened->journal = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
  slot->open = opened.release();
  slot->base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
  const auto [place, name] = place_of(path);
  if (place.disk == nullptr || !place.disk->remove(name, sync_folder != 0)) return SQLITE_IOERR_DELETE_NOENT;
  return SQLITE_OK;
}

int access(sqlite3_vfs*, const char* path, int, int* result) {
  const auto [place, name] = place_of(path);
  *result = place.disk != nullptr && place.disk->exists(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", path);
  return SQLITE_OK;
}

// Always the same, so that a run can be repeated: the write-ahead log's salt comes from here.
int randomness(sqlite3_vfs*, int amount, char* out) {
  for (int i = 0; i < amount; ++i) out[i] = static_cast<char>(i * 37 + 11);
  return amount;
}

int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
int current_time(sqlite3_vfs*, double* days) {
  *days = 2461367.5;  // 23 November 2026
  return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) { return 0; }

sqlite3_vfs vfs = {1,         sizeof(Slot), 256,     nullptr, kVfs,    nullptr,    open,  remove,       access,
                   full_path, nullptr,      nullptr, nullptr, nullptr, randomness, sleep, current_time, last_error,
                   nullptr,   nullptr,      nullptr, nullptr};

}  // namespace

Mount::Mount(Disk& disk, int sector, bool powersafe) {
  static int next = 0;
  const std::lock_guard guard(mounted_mutex);
  if (next == 0) sqlite3_vfs_register(&vfs, 0);
  folder_ = "/" + std::to_string(++next) + "/";
  mounted[folder_] = {&disk, sector, powersafe};
}

Mount::Mount(Disk& disk, std::string folder, int sector) : folder_(std::move(folder) + "/") {
  const std::lock_guard guard(mounted_mutex);
  usual_ = sqlite3_vfs_find(nullptr);
  sqlite3_vfs_register(&vfs, 1);
  mounted[folder_] = {&disk, sector, false};
}

Mount::~Mount() {
  const std::lock_guard guard(mounted_mutex);
  mounted.erase(folder_);
  if (usual_ != nullptr) sqlite3_vfs_register(usual_, 1);
}

}  // namespace crash
