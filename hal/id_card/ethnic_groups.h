// Names of the ethnic groups by the code on the card: data, so that a new group needs no new program.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hal {

struct EthnicGroup {
  std::string code;     // two digits
  std::string letters;  // two letters of GB/T 3304; empty outside the standard
  std::string roman;
  std::string chinese;
};

class EthnicGroups {
 public:
  // One group a line, four columns between tabs, `#` begins a comment line, "-" an empty column. The error names the line.
  static base::Result<EthnicGroups> parse(std::string_view table);
  // assets/tables/ethnic_groups.tsv
  static base::Result<EthnicGroups> load(const std::filesystem::path& file);

  // Null for a code that is not in the table: then the code itself is all that is known.
  const EthnicGroup* find(std::string_view code) const;
  std::size_t size() const { return groups_.size(); }

 private:
  std::vector<EthnicGroup> groups_;
};

}  // namespace hal
