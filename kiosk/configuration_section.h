// One table of kiosk.toml, read key by key; what nobody asked for is refused at the end.
#pragma once

#include <fmt/format.h>

#include <toml++/toml.h>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

// The first thing found wrong.
struct ConfigurationComplaint {
  std::string file;
  std::optional<std::string> first;
  void add(std::string_view place, const toml::source_region& source, std::string_view expected);
};

class ConfigurationSection {
 public:
  // `name` is empty for the keys above the first section.
  ConfigurationSection(const toml::table* table, std::string name, ConfigurationComplaint& complaint)
      : table_(table), name_(std::move(name)), complaint_(complaint) {}

  using Check = bool (*)(std::string_view);
  // `expected` completes "needs …". Absent keys keep the value, or are missed when `required`.
  void line(const char* key, std::string& value, Check good, std::string_view expected, bool required = false);
  void path(const char* key, std::filesystem::path& value, Check good, std::string_view expected);
  void whole(const char* key, int& value, int least, int most);
  void wholes(std::string_view key, std::vector<int>& values, int least, int most);  // [1, 2]
  void number(const char* key, double& value, double least, double most);
  const toml::table* table(const char* key);
  // Something that several keys together get wrong; told at the line of `key`, or of the section.
  void complain(const char* key, std::string_view what);
  void finish();

 private:
  const toml::node* find(std::string_view key);
  std::string place(std::string_view key) const;
  void refuse(std::string_view key, const toml::node& node, std::string_view expected);

  const toml::table* table_;  // null when the section is absent
  std::string name_;
  ConfigurationComplaint& complaint_;
  std::vector<std::string> asked_;
};

}  // namespace kiosk
