#include "tests/journeys/remains.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <fstream>
#include <map>

#include "base/file_descriptor.h"

namespace journeys {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1U << 20U;      // bytes read at a time
constexpr std::size_t kOverlap = 1024;         // longest needle
constexpr unsigned long kShadow = 1UL << 28U;  // a sanitizer's bookkeeping is in larger mappings
constexpr std::size_t kAround = 24;            // bytes shown before and after
constexpr std::size_t kMostTold = 40;

class Search {
 public:
  explicit Search(const Sentinels& sentinels) : begins_(1U << 16U) {
    for (const Needle& needle : sentinels.needles()) begins_[pair_at(needle.bytes, 0)].push_back(&needle);
  }
  // Calls `found` with the needle and where it begins, among the first `own` bytes.
  template <class Found>
  void run(std::string_view bytes, std::size_t own, const Found& found) const {
    for (std::size_t i = 0; i + 1 < bytes.size() && i < own; ++i) {
      const auto& candidates = begins_[pair_at(bytes, i)];
      if (candidates.empty()) continue;
      for (const Needle* needle : candidates)
        if (stands_at(bytes, i, *needle)) found(*needle, i);
    }
  }

 private:
  static std::size_t pair_at(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]) | static_cast<std::size_t>(static_cast<unsigned char>(bytes[i + 1])) << 8U;
  }
  static bool stands_at(std::string_view bytes, std::size_t at, const Needle& needle) {
    const std::size_t unit = needle.unit == 0 ? needle.bytes.size() : needle.unit;
    for (std::size_t i = 0; i < needle.bytes.size(); i += unit, at += needle.stride)
      if (bytes.substr(std::min(at, bytes.size()), unit) != std::string_view(needle.bytes).substr(i, unit)) return false;
    return true;
  }

  std::vector<std::vector<const Needle*>> begins_;
};

std::string legible(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte >= 0x20 && byte != 0x7F ? c : '.';
  }
  return text;
}

Remain remain(const Needle& needle, std::string where, std::string_view bytes, std::size_t at) {
  const std::size_t from = at > kAround ? at - kAround : 0;
  return {needle.name, std::move(where), legible(bytes.substr(from, at - from + needle.bytes.size() + kAround))};
}

std::string all_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string name_of(pid_t process) {
  std::string name = all_of(fmt::format("/proc/{}/comm", process));
  while (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}

struct Mapping {
  unsigned long from = 0, to = 0;
  std::string name;
};

std::vector<Mapping> writable(pid_t process) {
  std::vector<Mapping> all;
  std::ifstream maps(fmt::format("/proc/{}/maps", process));
  for (std::string line; std::getline(maps, line);) {
    Mapping mapping;
    std::array<char, 5> rights{};
    int name_at = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx %4s %*s %*s %*s %n", &mapping.from, &mapping.to, rights.data(), &name_at) < 3)
      continue;
    if (rights[1] != 'w' || mapping.to - mapping.from > kShadow) continue;
    mapping.name = line.substr(std::min(static_cast<std::size_t>(name_at), line.size()));
    all.push_back(std::move(mapping));
  }
  return all;
}

void search_mapping(const base::FileDescriptor& memory, const Mapping& mapping, const std::string& process, const Search& search,
                    std::vector<Remain>& remains) {
  std::string piece(kPiece + kOverlap, '\0');
  for (unsigned long at = mapping.from; at < mapping.to; at += kPiece) {
    const auto wanted = std::min<std::size_t>(piece.size(), mapping.to - at);
    const ssize_t size = pread(memory.get(), piece.data(), wanted, static_cast<off_t>(at));
    if (size <= 0) continue;
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(size));
    search.run(bytes, kPiece, [&](const Needle& needle, std::size_t i) {
      remains.push_back(remain(needle, fmt::format("{} {}+{:x}", process, mapping.name, at + i - mapping.from), bytes, i));
    });
  }
}

void search_file(const fs::path& file, const std::string& name, const Search& search, std::vector<Remain>& remains) {
  const std::string bytes = all_of(file);
  search.run(bytes, bytes.size(),
             [&](const Needle& needle, std::size_t i) { remains.push_back(remain(needle, name, bytes, i)); });
}

}  // namespace

std::vector<pid_t> family_of(pid_t process) {
  std::multimap<pid_t, pid_t> children;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    if (std::isdigit(static_cast<unsigned char>(entry.path().filename().native().front())) == 0) continue;
    const std::string stat = all_of(entry.path() / "stat");
    const auto name_ends = stat.rfind(") ");
    pid_t parent = 0;
    if (name_ends == std::string::npos || std::sscanf(stat.c_str() + name_ends + 2, "%*c %d", &parent) != 1) continue;
    children.emplace(parent, std::atoi(entry.path().filename().c_str()));
  }
  std::vector<pid_t> family{process};
  for (std::size_t i = 0; i < family.size(); ++i) {
    const auto [first, last] = children.equal_range(family[i]);
    for (auto child = first; child != last; ++child) family.push_back(child->second);
  }
  return family;
}

std::optional<std::vector<Remain>> remains_in_memory(pid_t process, const Sentinels& sentinels) {
  const Search search(sentinels);
  std::vector<Remain> remains;
  for (const pid_t each : family_of(process)) {
    const base::FileDescriptor memory(open(fmt::format("/proc/{}/mem", each).c_str(), O_RDONLY | O_CLOEXEC));
    if (memory.get() < 0 && (each == process || errno == EACCES || errno == EPERM)) return std::nullopt;
    for (const Mapping& mapping : writable(each)) search_mapping(memory, mapping, name_of(each), search, remains);
  }
  return remains;
}

std::string memory_from(pid_t process, std::string_view begin, std::size_t most) {
  for (const pid_t each : family_of(process)) {
    const base::FileDescriptor memory(open(fmt::format("/proc/{}/mem", each).c_str(), O_RDONLY | O_CLOEXEC));
    for (const Mapping& mapping : writable(each)) {
      std::string bytes(mapping.to - mapping.from, '\0');
      const ssize_t size = pread(memory.get(), bytes.data(), bytes.size(), static_cast<off_t>(mapping.from));
      bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
      if (const auto at = bytes.find(begin); at != std::string::npos) return bytes.substr(at, most);
    }
  }
  return {};
}

std::vector<Remain> remains_in_files(const fs::path& folder, const Sentinels& sentinels) {
  const Search search(sentinels);
  std::vector<Remain> remains;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().string();
    search.run(name, name.size(), [&](const Needle& needle, std::size_t i) { remains.push_back(remain(needle, name, name, i)); });
    if (entry.is_regular_file()) search_file(entry.path(), name, search, remains);
  }
  return remains;
}

std::vector<Remain> remains_in_open_files(pid_t process, const Sentinels& sentinels) {
  const Search search(sentinels);
  std::vector<Remain> remains;
  for (const pid_t each : family_of(process)) {
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(fmt::format("/proc/{}/fd", each), gone))
      if (fs::is_regular_file(entry.path(), gone))
        search_file(entry.path(), fs::read_symlink(entry.path(), gone), search, remains);
  }
  return remains;
}

std::set<std::string> found_names(const std::vector<Remain>& remains, const Sentinels& sentinels) {
  std::set<std::string> found;
  for (const auto& name : sentinels.names())
    if (std::ranges::any_of(remains, [&](const Remain& each) { return each.what.starts_with(name + ","); })) found.insert(name);
  return found;
}

std::string told(const std::vector<Remain>& remains) {
  std::string text = fmt::format("{} remain\n", remains.size());
  for (std::size_t i = 0; i < std::min(remains.size(), kMostTold); ++i)
    text += fmt::format("  {} in {}: {}\n", remains[i].what, remains[i].where, remains[i].near);
  return text;
}

}  // namespace journeys
