#include "hal/id_card/ethnic_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/files.h"

namespace hal {
namespace {

constexpr std::size_t kLongestTable = 64U << 10U;  // bytes

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return piece;
}

bool is_code(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<EthnicGroup> group_from(std::string_view line) {
  if (std::ranges::count(line, '\t') != 3) return std::nullopt;
  std::array<std::string, 4> columns;
  for (std::string& column : columns) {
    column = take_until(line, '\t');
    if (column.empty()) return std::nullopt;
    if (column == "-") column.clear();
  }
  if (!is_code(columns[0]) || columns[2].empty() || columns[3].empty()) return std::nullopt;
  return EthnicGroup{std::move(columns[0]), std::move(columns[1]), std::move(columns[2]), std::move(columns[3])};
}

}  // namespace

base::Result<EthnicGroups> EthnicGroups::parse(std::string_view table) {
  EthnicGroups groups;
  for (int number = 1; !table.empty(); ++number) {
    std::string_view line = take_until(table, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    auto group = group_from(line);
    if (!group) return {base::Failure::asset_missing, fmt::format("line {}: expected code, letters, roman, chinese", number)};
    if (groups.find(group->code) != nullptr) return {base::Failure::asset_missing, fmt::format("line {}: code twice", number)};
    groups.groups_.push_back(*std::move(group));
  }
  return groups;
}

base::Result<EthnicGroups> EthnicGroups::load(const std::filesystem::path& file) {
  const auto table = base::read_file(file, kLongestTable);
  if (!table) return table.error();
  auto groups = parse(*table);
  if (!groups) return {groups.error().failure, file.string() + ": " + groups.error().detail};
  return groups;
}

const EthnicGroup* EthnicGroups::find(std::string_view code) const {
  const auto group = std::ranges::find(groups_, code, &EthnicGroup::code);
  return group == groups_.end() ? nullptr : &*group;
}

}  // namespace hal
