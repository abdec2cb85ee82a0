// A model of a boot loader that counts tries, by the Boot Loader Specification: the entry `linli-2+2.conf` is a release with two
// tries, `linli-2+1-1.conf` the same with one left and one that failed, `linli-2.conf` one that was called good. Names are
// counted down before the release is started; the newest is taken, one without tries only when there is nothing else.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace journeys {

class BootEntries {
 public:
  explicit BootEntries(std::filesystem::path folder);  // made when missing

  // What would be started next: the name of the slot that the entry has inside.
  std::string next() const;
  // Counts down and gives the slot.
  std::string boot();
  // What systemd-bless-boot does after boot-complete.target: the entry that was started last has no counter any more.
  void bless();

 private:
  struct Entry {
    std::filesystem::path file;
    int version = 0;
    std::optional<int> left;  // nothing: not counted
    int done = 0;
  };
  static std::string slot_of(const std::optional<Entry>& entry);
  std::optional<Entry> best() const;
  Entry renamed(const Entry& entry, std::optional<int> left, int done) const;

  std::filesystem::path folder_;
  std::optional<Entry> started_;
};

}  // namespace journeys
