// A disk whose power can be cut at any operation, in memory. It knows of every file what was written and what was synced, and
// makes from that every disk a machine could find after the cut. Facts it follows: reliability §2.6.
//
// A cut is a look, not an end: `before_operation` is called before each operation that changes something, and after_cut()
// makes the disk found later while the original goes on. So one run of a scenario is cut at every index.
// Thread: one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace crash {

// What became of bytes that were written and not synced, and of names that were made or removed and not synced.
enum class Loss : std::uint8_t {
  everything,    // nothing unsynced arrived
  some_writes,   // each write arrived whole or not at all, independently
  torn_sectors,  // each sector of each write by itself
  garbage,       // as torn_sectors, and some sectors hold neither the old nor the new
};
inline constexpr Loss kLosses[] = {Loss::everything, Loss::some_writes, Loss::torn_sectors, Loss::garbage};

// What the disk answers instead of doing as it is told.
enum class Fault : std::uint8_t {
  none,
  full,         // no room for a write
  write_error,  // EIO
  sync_error,   // EIO, and what was to be synced is forgotten: the kernel marks the pages clean (reliability §2.2)
};

class Disk {
 public:
  struct Change {
    std::size_t offset = 0;
    std::string bytes;
    bool truncate = false;  // to `offset`
  };
  struct Inode {
    std::string now;               // what a reader sees
    std::string durable;           // what the medium holds
    std::vector<Change> unsynced;  // in order
    bool directory_synced = false;
  };
  using File = std::shared_ptr<Inode>;

  // Null when it is not there and not to be made.
  File open(const std::string& name, bool create);
  File open_nameless() { return std::make_shared<Inode>(); }
  bool exists(const std::string& name) const { return names_.contains(name); }
  bool remove(const std::string& name, bool durably);  // false: there is none

  Fault write(Inode& file, std::size_t offset, std::string_view bytes);
  Fault truncate(Inode& file, std::size_t size);
  Fault sync(Inode& file, bool with_directory);

  // Everything there is now reaches the medium: where a scenario begins.
  void settle();
  // A medium that says it has written what it has not.
  void lie() { lies_ = true; }
  // The operation of this index (from 0), and if it lasts every one of its kind after it, fails.
  void fail_at(std::int64_t operation, Fault fault, bool lasting = false);

  std::int64_t operations() const { return std::ssize(kinds_); }
  bool could_fail(std::int64_t operation, Fault fault) const;  // whether this one of the past could have
  std::int64_t faults() const { return faults_; }              // that really happened
  std::function<void()> before_operation;
  bool unreadable = false;  // every read fails

  // The disk found after the power failed now. `sector`: bytes that are written or not as one.
  Disk after_cut(Loss loss, std::size_t sector, base::Random& random) const;
  // After the process alone died: the system has all that was written.
  Disk after_kill() const;
  // Of every name and byte a reader sees: two disks of one fingerprint are the same disk.
  std::size_t fingerprint() const;

 private:
  struct NameChange {
    std::string name;
    File file;  // null: removed
  };
  enum class Kind : std::uint8_t { naming, write, truncate, sync };
  static bool can_fail(Kind kind, Fault fault);
  Fault next_operation(Kind kind);

  std::map<std::string, File> names_;
  std::map<std::string, File> durable_names_;
  std::vector<NameChange> unsynced_names_;
  std::vector<Kind> kinds_;  // of the operations so far
  std::int64_t faults_ = 0;
  std::int64_t fails_at_ = -1;
  Fault fault_ = Fault::none;
  bool lasting_ = false, lies_ = false;
};

}  // namespace crash
