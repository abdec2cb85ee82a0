#include "tests/offline_cache/crash/crash_disk.h"

#include <algorithm>

namespace crash {
namespace {

void apply(std::string& bytes, std::size_t offset, std::string_view written) {
  if (bytes.size() < offset + written.size()) bytes.resize(offset + written.size(), '\0');
  std::copy(written.begin(), written.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

void apply(std::string& bytes, const Disk::Change& change) {
  if (change.truncate)
    bytes.resize(change.offset, '\0');
  else
    apply(bytes, change.offset, change.bytes);
}

bool heads(base::Random& random) { return (random.bits() & 1U) != 0; }

// One sector's worth of a write: new, old, or with `garbage` neither.
void apply_sector(std::string& bytes, std::size_t offset, std::string piece, bool garbage, base::Random& random) {
  const auto fate = random.below(garbage ? 3 : 2);
  if (fate == 0) return;
  if (fate == 2)
    for (char& byte : piece) byte = static_cast<char>(random.below(256));
  apply(bytes, offset, piece);
}

void apply_torn(std::string& bytes, const Disk::Change& change, std::size_t sector, bool garbage, base::Random& random) {
  for (std::size_t at = 0; at < change.bytes.size();) {
    const std::size_t offset = change.offset + at;
    const std::size_t length = std::min(sector - offset % sector, change.bytes.size() - at);
    apply_sector(bytes, offset, change.bytes.substr(at, length), garbage, random);
    at += length;
  }
}

std::string found(const Disk::Inode& file, Loss loss, std::size_t sector, base::Random& random) {
  std::string bytes = file.durable;
  if (loss == Loss::everything) return bytes;
  for (const auto& change : file.unsynced) {
    if (change.truncate || loss == Loss::some_writes) {
      if (heads(random)) apply(bytes, change);
    } else {
      apply_torn(bytes, change, sector, loss == Loss::garbage, random);
    }
  }
  return bytes;
}

}  // namespace

Disk::File Disk::open(const std::string& name, bool create) {
  if (const auto known = names_.find(name); known != names_.end()) return known->second;
  if (!create) return nullptr;
  (void)next_operation(Kind::naming);
  auto file = std::make_shared<Inode>();
  names_[name] = file;
  unsynced_names_.push_back({name, file});
  return file;
}

bool Disk::remove(const std::string& name, bool durably) {
  if (!names_.contains(name)) return false;
  (void)next_operation(Kind::naming);
  names_.erase(name);
  unsynced_names_.push_back({name, nullptr});
  if (durably && !lies_) {
    durable_names_ = names_;
    unsynced_names_.clear();
  }
  return true;
}

Fault Disk::write(Inode& file, std::size_t offset, std::string_view bytes) {
  const Fault fault = next_operation(Kind::write);
  if (fault != Fault::none) return fault;
  apply(file.now, offset, bytes);
  file.unsynced.push_back({offset, std::string(bytes), false});
  return Fault::none;
}

Fault Disk::truncate(Inode& file, std::size_t size) {
  if (const Fault fault = next_operation(Kind::truncate); fault != Fault::none) return fault;
  file.now.resize(size, '\0');
  file.unsynced.push_back({size, {}, true});
  return Fault::none;
}

Fault Disk::sync(Inode& file, bool with_directory) {
  if (next_operation(Kind::sync) != Fault::none) {
    file.unsynced.clear();  // marked clean, never written: the next sync says all is well
    return Fault::sync_error;
  }
  if (lies_) return Fault::none;
  for (const auto& change : file.unsynced) apply(file.durable, change);
  file.unsynced.clear();
  if (with_directory && !file.directory_synced) {
    file.directory_synced = true;
    durable_names_ = names_;
    unsynced_names_.clear();
  }
  return Fault::none;
}

void Disk::settle() {
  for (auto& [name, file] : names_) {
    file->durable = file->now;
    file->unsynced.clear();
  }
  durable_names_ = names_;
  unsynced_names_.clear();
  kinds_.clear();
}

void Disk::fail_at(std::int64_t operation, Fault fault, bool lasting) {
  fails_at_ = operation;
  fault_ = fault;
  lasting_ = lasting;
}

bool Disk::can_fail(Kind kind, Fault fault) {
  if (fault == Fault::write_error) return kind == Kind::write || kind == Kind::truncate;
  return fault == (kind == Kind::write ? Fault::full : kind == Kind::sync ? Fault::sync_error : Fault::none);
}

bool Disk::could_fail(std::int64_t operation, Fault fault) const {
  return can_fail(kinds_.at(static_cast<std::size_t>(operation)), fault);
}

Fault Disk::next_operation(Kind kind) {
  if (before_operation) before_operation();
  const std::int64_t index = operations();
  kinds_.push_back(kind);
  const bool due = fails_at_ >= 0 && (index == fails_at_ || (lasting_ && index > fails_at_));
  if (!due || !can_fail(kind, fault_)) return Fault::none;
  ++faults_;
  return fault_;
}

std::size_t Disk::fingerprint() const {
  std::size_t all = names_.size();
  const auto add = [&all](std::string_view bytes) { all = (all * 0x9E3779B97F4A7C15U) ^ std::hash<std::string_view>()(bytes); };
  for (const auto& [name, file] : names_) {
    add(name);
    add(file->now);
  }
  return all;
}

Disk Disk::after_kill() const {
  Disk disk;
  for (const auto& [name, file] : names_) disk.names_[name] = std::make_shared<Inode>(*file);
  for (const auto& [name, file] : durable_names_) {
    const auto same = disk.names_.find(name);
    disk.durable_names_[name] = same == disk.names_.end() ? std::make_shared<Inode>(*file) : same->second;
  }
  for (const auto& change : unsynced_names_) {
    const auto same = disk.names_.find(change.name);
    disk.unsynced_names_.push_back({change.name, change.file && same != disk.names_.end() ? same->second : nullptr});
  }
  return disk;
}

Disk Disk::after_cut(Loss loss, std::size_t sector, base::Random& random) const {
  auto names = durable_names_;
  const auto arrived = loss == Loss::everything ? 0 : random.below(unsynced_names_.size() + 1);
  for (std::size_t i = 0; i < arrived; ++i) {
    if (unsynced_names_[i].file)
      names[unsynced_names_[i].name] = unsynced_names_[i].file;
    else
      names.erase(unsynced_names_[i].name);
  }
  Disk disk;
  for (const auto& [name, file] : names) {
    auto bytes = found(*file, loss, sector, random);
    disk.names_[name] = std::make_shared<Inode>(Inode{bytes, bytes, {}, true});
  }
  disk.durable_names_ = disk.names_;
  return disk;
}

}  // namespace crash
