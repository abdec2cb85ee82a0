#include "tests/journeys/boot_entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "base/files.h"

namespace journeys {

std::string BootEntries::slot_of(const std::optional<Entry>& entry) {
  if (!entry) return "none";
  auto slot = base::read_file(entry->file).value_or("");
  while (slot.ends_with('\n')) slot.pop_back();
  return slot;
}

BootEntries::BootEntries(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

std::optional<BootEntries::Entry> BootEntries::best() const {
  static const std::regex counted(R"(linli-(\d+)(?:\+(\d+)(?:-(\d+))?)?\.conf)");
  std::vector<Entry> entries;
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    const auto name = file.path().filename().string();
    std::smatch match;
    if (!std::regex_match(name, match, counted)) continue;
    entries.push_back({file.path(), std::stoi(match[1]), std::nullopt, match[3].matched ? std::stoi(match[3]) : 0});
    if (match[2].matched) entries.back().left = std::stoi(match[2]);
  }
  const auto worse = [](const Entry& a, const Entry& b) {
    return std::pair(a.left != 0, a.version) < std::pair(b.left != 0, b.version);
  };
  const auto best = std::ranges::max_element(entries, worse);
  return best == entries.end() ? std::nullopt : std::optional(*best);
}

std::string BootEntries::next() const { return slot_of(best()); }

BootEntries::Entry BootEntries::renamed(const Entry& entry, std::optional<int> left, int done) const {
  const auto counter = left ? fmt::format("+{}-{}", *left, done) : std::string();
  Entry now{folder_ / fmt::format("linli-{}{}.conf", entry.version, counter), entry.version, left, done};
  std::filesystem::rename(entry.file, now.file);
  return now;
}

std::string BootEntries::boot() {
  started_ = best();
  if (started_ && started_->left.value_or(0) > 0) started_ = renamed(*started_, *started_->left - 1, started_->done + 1);
  return slot_of(started_);
}

void BootEntries::bless() {
  if (started_) started_ = renamed(*started_, std::nullopt, 0);
}

}  // namespace journeys
