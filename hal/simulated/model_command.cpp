#include "hal/simulated/model_command.h"

#include <algorithm>
#include <charconv>

namespace hal {
namespace {

template <class Number>
std::optional<Number> parsed(std::string_view text, int base) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

ModelCommand::ModelCommand(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r\n";
  while (true) {
    const auto begin = line.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return;
    line.remove_prefix(begin);
    const auto end = std::min(line.find_first_of(kBlank), line.size());
    words_.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

std::string_view ModelCommand::text(std::size_t i) const {
  const char* const begin = words_.at(i).data();
  return {begin, static_cast<std::size_t>(words_.back().data() + words_.back().size() - begin)};
}

std::optional<bool> ModelCommand::turns(std::string_view name) const {
  if (!is(name, 1)) return std::nullopt;
  if (words_[1] == "on") return true;
  if (words_[1] == "off") return false;
  return std::nullopt;
}

std::optional<long> ModelCommand::number(std::size_t i) const {
  if (i >= words_.size()) return std::nullopt;
  const auto value = parsed<long>(words_[i], 10);
  return value && *value >= 0 ? value : std::nullopt;
}

std::optional<std::uint8_t> ModelCommand::hex_byte(std::size_t i) const {
  if (i >= words_.size()) return std::nullopt;
  return parsed<std::uint8_t>(words_[i], 16);
}

ModelCommand ModelCommand::from(std::size_t i) const {
  ModelCommand rest;
  if (i < words_.size()) rest.words_.assign(words_.begin() + static_cast<std::ptrdiff_t>(i), words_.end());
  return rest;
}

}  // namespace hal
