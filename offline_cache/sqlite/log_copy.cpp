#include "offline_cache/sqlite/log_copy.h"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "offline_cache/digest.h"
#include "offline_cache/sqlite/statement.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Result;
using base::Status;

constexpr std::string_view kLogName = "-wal";
constexpr std::string_view kCopyName = "-walcopy";  // the system's VFS gives it the rights of what stands before the last dash
constexpr std::size_t kPiece = std::size_t{64} << 10;

struct FreeName {
  void operator()(const char* name) const { sqlite3_free_filename(name); }
};

// A file of a VFS, which SQLite itself knows nothing of.
class VfsFile {
 public:
  static Result<VfsFile> open(sqlite3_vfs& vfs, const std::string& path, int flags) {
    VfsFile opened(vfs, path);
    const int code = vfs.xOpen(&vfs, opened.name_.get(), opened.file(), flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, nullptr);
    if (code != SQLITE_OK) return sqlite_error(code, path);
    return opened;
  }
  ~VfsFile() {
    if (!room_.empty() && file()->pMethods != nullptr) file()->pMethods->xClose(file());
  }
  VfsFile(VfsFile&&) noexcept = default;
  VfsFile& operator=(VfsFile&&) = delete;
  VfsFile(const VfsFile&) = delete;
  VfsFile& operator=(const VfsFile&) = delete;

  Result<std::int64_t> size() {
    sqlite3_int64 bytes = 0;
    if (const int code = methods().xFileSize(file(), &bytes); code != SQLITE_OK) return error(code);
    return bytes;
  }
  Status read(char* into, std::size_t bytes, std::int64_t from) {
    return status(methods().xRead(file(), into, static_cast<int>(bytes), from));
  }
  Status write(const char* from, std::size_t bytes, std::int64_t at) {
    return status(methods().xWrite(file(), from, static_cast<int>(bytes), at));
  }
  Status truncate(std::int64_t bytes) { return status(methods().xTruncate(file(), bytes)); }
  Status sync() { return status(methods().xSync(file(), SQLITE_SYNC_FULL)); }

 private:
  VfsFile(const sqlite3_vfs& vfs, const std::string& path)
      : name_(sqlite3_create_filename(path.c_str(), "", "", 0, nullptr)),
        room_(static_cast<std::size_t>(vfs.szOsFile) / sizeof(std::max_align_t) + 1) {}

  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(room_.data()); }
  const sqlite3_io_methods& methods() { return *file()->pMethods; }
  base::Error error(int code) const { return sqlite_error(code, name_.get()); }
  Status status(int code) const { return code == SQLITE_OK ? Status() : error(code); }

  std::unique_ptr<const char, FreeName> name_;
  std::vector<std::max_align_t> room_;  // stays where it is when this moves
};

// What stands at the end of a copy that is whole.
struct Seal {
  std::array<char, 16> word{'l', 'i', 'n', 'l', 'i', ' ', 'l', 'o', 'g', ' ', 'c', 'o', 'p', 'y', ' ', '1'};
  Digest digest{};  // of everything before
};

// Copies the first `size` bytes. Their digest.
Result<Digest> copy(VfsFile& from, VfsFile* to, std::int64_t size) {
  crypto_hash_sha256_state state{};
  crypto_hash_sha256_init(&state);
  std::vector<char> bytes(kPiece);
  for (std::int64_t at = 0; at < size; at += std::ssize(bytes)) {
    const auto piece = static_cast<std::size_t>(std::min<std::int64_t>(size - at, std::ssize(bytes)));
    if (auto status = from.read(bytes.data(), piece, at); !status) return status.error();
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), piece);
    if (to == nullptr) continue;
    if (auto status = to->write(bytes.data(), piece, at); !status) return status.error();
  }
  Digest digest{};
  crypto_hash_sha256_final(&state, digest.data());
  return digest;
}

// How many bytes of a log the copy holds; 0: the power failed while it was made.
Result<std::int64_t> bytes_of_whole_copy(VfsFile& file) {
  const auto all = file.size();
  if (!all) return all.error();
  const auto size = *all - static_cast<std::int64_t>(sizeof(Seal));
  if (size <= 0) return 0;
  Seal seal;
  if (auto status = file.read(reinterpret_cast<char*>(&seal), sizeof seal, size); !status) return status.error();
  const auto digest = copy(file, nullptr, size);
  if (!digest) return digest.error();
  return seal.word == Seal{}.word && seal.digest == *digest ? size : 0;
}

class Logs {
 public:
  Logs(sqlite3_vfs& vfs, const std::string& database)
      : vfs_(vfs), log_(database + std::string(kLogName)), copy_(database + std::string(kCopyName)) {}

  Status write_again() {
    if (is_there(copy_)) {
      auto kept = VfsFile::open(vfs_, copy_, 0);
      if (!kept) return kept.error();
      const auto size = bytes_of_whole_copy(*kept);
      if (!size) return size.error();
      if (*size > 0) return write_from(*kept, *size);
    }
    if (!is_there(log_)) return remove_copy();
    auto log = VfsFile::open(vfs_, log_, 0);
    if (!log) return log.error();
    const auto size = log->size();
    if (!size) return size.error();
    if (*size == 0) return remove_copy();
    if (auto status = remove_copy(); !status) return status;
    auto made = VfsFile::open(vfs_, copy_, SQLITE_OPEN_CREATE);
    if (!made) return made.error();
    auto status = make_copy(*log, *made, *size);
    if (status) return write_from(*made, *size);
    if (status.error().failure != Failure::save_disk_full) return status;
    base::log::failure(status.error());
    return remove_copy();
  }

 private:
  bool is_there(const std::string& path) {
    int there = 0;
    return vfs_.xAccess(&vfs_, path.c_str(), SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there != 0;
  }
  static Status make_copy(VfsFile& log, VfsFile& made, std::int64_t size) {
    const auto digest = copy(log, &made, size);
    if (!digest) return digest.error();
    Seal seal;
    seal.digest = *digest;
    if (auto status = made.write(reinterpret_cast<const char*>(&seal), sizeof seal, size); !status) return status;
    return made.sync();
  }
  Status write_from(VfsFile& kept, std::int64_t size) {
    auto log = VfsFile::open(vfs_, log_, SQLITE_OPEN_CREATE);
    if (!log) return log.error();
    if (const auto written = copy(kept, &*log, size); !written) return written.error();
    if (auto status = log->truncate(size); !status) return status;
    if (auto status = log->sync(); !status) return status;
    return remove_copy();
  }
  // Durably: one that came back would be older than the log.
  Status remove_copy() {
    if (!is_there(copy_)) return {};
    const int code = vfs_.xDelete(&vfs_, copy_.c_str(), 1);
    return code == SQLITE_OK ? Status() : sqlite_error(code, copy_);
  }

  sqlite3_vfs& vfs_;
  const std::string log_, copy_;
};

}  // namespace

Status write_log_again(const std::filesystem::path& database, const std::string& vfs) {
  sqlite3_vfs* const found = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  if (found == nullptr) return base::Error{Failure::save_store_unopenable, "there is no VFS " + vfs};
  return Logs(*found, database.string()).write_again();
}

}  // namespace offline_cache
