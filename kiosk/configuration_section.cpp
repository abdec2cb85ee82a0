#include "kiosk/configuration_section.h"

#include <algorithm>

namespace kiosk {

void ConfigurationComplaint::add(std::string_view place, const toml::source_region& source, std::string_view expected) {
  if (first) return;
  const auto line = source.begin.line;
  first =
      line == 0 ? fmt::format("{}: {}: {}", file, place, expected) : fmt::format("{}:{}: {}: {}", file, line, place, expected);
}

std::string ConfigurationSection::place(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("[{}] {}", name_, key);
}

const toml::node* ConfigurationSection::find(std::string_view key) {
  asked_.emplace_back(key);
  return table_ ? table_->get(key) : nullptr;
}

void ConfigurationSection::refuse(std::string_view key, const toml::node& node, std::string_view expected) {
  complaint_.add(place(key), node.source(), fmt::format("needs {}", expected));
}

void ConfigurationSection::line(const char* key, std::string& value, Check good, std::string_view expected, bool required) {
  const auto* node = find(key);
  if (!node) {
    if (required)
      complaint_.add(place(key), table_ ? table_->source() : toml::source_region{},
                     fmt::format("is missing; needs {}", expected));
    return;
  }
  const auto found = node->value_exact<std::string>();
  if (!found || !good(*found)) return refuse(key, *node, expected);
  value = *found;
}

void ConfigurationSection::path(const char* key, std::filesystem::path& value, Check good, std::string_view expected) {
  std::string text;
  line(key, text, good, expected);
  value = text;
}

void ConfigurationSection::whole(const char* key, int& value, int least, int most) {
  const auto* node = find(key);
  if (!node) return;
  const auto found = node->value_exact<std::int64_t>();
  if (!found || *found < least || *found > most)
    return refuse(key, *node, fmt::format("a whole number from {} to {}", least, most));
  value = static_cast<int>(*found);
}

void ConfigurationSection::wholes(std::string_view key, std::vector<int>& values, int least, int most) {
  const auto* node = find(key);
  if (!node) return;
  const auto expected = fmt::format("a list of whole numbers from {} to {}", least, most);
  const auto* list = node->as_array();
  if (list == nullptr || list->empty()) return refuse(key, *node, expected);
  for (const toml::node& each : *list) {
    const auto found = each.value_exact<std::int64_t>();
    if (!found || *found < least || *found > most) return refuse(key, *node, expected);
    values.push_back(static_cast<int>(*found));
  }
}

void ConfigurationSection::number(const char* key, double& value, double least, double most) {
  const auto* node = find(key);
  if (!node) return;
  const auto found = node->value<double>();  // 268 and 268.0
  if (!node->is_number() || !found || !(*found >= least && *found <= most))
    return refuse(key, *node, fmt::format("a number from {} to {}", least, most));
  value = *found;
}

const toml::table* ConfigurationSection::table(const char* key) {
  const auto* node = find(key);
  if (node && !node->is_table()) refuse(key, *node, fmt::format("a section: [{}]", key));
  return node ? node->as_table() : nullptr;
}

void ConfigurationSection::complain(const char* key, std::string_view what) {
  const auto* node = table_ ? table_->get(key) : nullptr;
  complaint_.add(place(key), node ? node->source() : table_ ? table_->source() : toml::source_region{}, what);
}

void ConfigurationSection::finish() {
  if (!table_) return;
  for (const auto& [key, node] : *table_)
    if (std::find(asked_.begin(), asked_.end(), key.str()) == asked_.end())
      complaint_.add(place(key.str()), key.source(), fmt::format("is not known here; known are {}", fmt::join(asked_, ", ")));
}

}  // namespace kiosk
