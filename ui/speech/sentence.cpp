#include "ui/speech/sentence.h"

#include <array>
#include <optional>

#include "base/secret.h"

namespace ui {
namespace {

// Chinese, Latin, Arabic, Devanagari, Tibetan, Mongolian.
constexpr std::array<std::string_view, 16> kStops{"。", "！", "？", "；", "!", "?", "\n", "؟",
                                                  "۔",  "؛",  "।",  "॥",  "།", "༎", "᠃",  "᠉"};
constexpr std::array<std::string_view, 5> kCommas{"，", "、", ", ", "،", "᠂"};

template <std::size_t N>
std::optional<std::size_t> mark_at(std::string_view text, std::size_t at, const std::array<std::string_view, N>& marks) {
  for (const std::string_view mark : marks)
    if (text.substr(at).starts_with(mark)) return mark.size();
  return std::nullopt;
}

// "12.5" and "HP.3" go on; "card. Then" ends.
bool full_stop(std::string_view text, std::size_t at) {
  return text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

void add(std::vector<std::string_view>& parts, std::string_view part) {
  part = trimmed(part);
  if (!part.empty()) parts.push_back(part);
}

std::vector<std::string_view> at_stops(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = full_stop(text, at) ? 1 : mark_at(text, at, kStops).value_or(0);
    if (mark == 0) {
      ++at;
      continue;
    }
    at += mark;
    add(parts, text.substr(from, at - from));
    from = at;
  }
  add(parts, text.substr(from));
  return parts;
}

// The last comma that leaves the first part within the limit; npos = none.
std::size_t comma_within(std::string_view text, std::size_t limit) {
  std::size_t best = std::string_view::npos;
  for (std::size_t at = 0; at < limit; ++at)
    if (const auto mark = mark_at(text, at, kCommas)) best = at + *mark;
  return best;
}

}  // namespace

std::vector<Sentence> sentences_of(std::string_view text, std::string_view language, Privacy privacy) {
  std::vector<Sentence> sentences;
  for (std::string_view part : at_stops(text)) {
    while (part.size() > kLongestCaption) {
      const std::size_t comma = comma_within(part, kLongestCaption);
      if (comma == std::string_view::npos) break;
      sentences.push_back({std::string(trimmed(part.substr(0, comma))), std::string(language), privacy});
      part = trimmed(part.substr(comma));
    }
    if (!part.empty()) sentences.push_back({std::string(part), std::string(language), privacy});
  }
  return sentences;
}

void wipe(std::vector<Sentence>& sentences) {
  for (Sentence& each : sentences) base::wipe(each.text);
  sentences.clear();
}

}  // namespace ui
