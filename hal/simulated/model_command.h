// One line of a device script, in words: "after-rows 120 paper-out".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hal {

class ModelCommand {
 public:
  explicit ModelCommand(std::string_view line);  // the line outlives the command

  // The command is `name` with exactly so many words behind it.
  bool is(std::string_view name, std::size_t words = 0) const { return words_.size() == words + 1 && words_[0] == name; }
  // is(name, 1), and the word is "on" or "off".
  std::optional<bool> turns(std::string_view name) const;

  // The command is `name` with at least so many words behind it.
  bool begins(std::string_view name, std::size_t words) const { return words_.size() > words && words_[0] == name; }

  std::string_view word(std::size_t i) const { return words_.at(i); }  // 0 is the name
  std::string_view text(std::size_t i) const;                          // word i and all behind it, as they were written
  std::optional<long> number(std::size_t i) const;                     // not negative
  std::optional<std::uint8_t> hex_byte(std::size_t i) const;
  ModelCommand from(std::size_t i) const;  // the command that begins with word i
  bool empty() const { return words_.empty(); }

 private:
  ModelCommand() = default;
  std::vector<std::string_view> words_;
};

}  // namespace hal
