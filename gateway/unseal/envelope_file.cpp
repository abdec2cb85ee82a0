#include "gateway/unseal/envelope_file.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "base/files.h"
#include "base/hex.h"
#include "gateway/digest.h"

namespace gateway {
namespace {

constexpr std::string_view kFirstLine = "linli-export 1\n";

// Up to `stop`, which is taken too; nothing when there is no such character left.
std::optional<std::string_view> take_until(std::string_view& left, char stop) {
  const auto end = left.find(stop);
  if (end == std::string_view::npos) return std::nullopt;
  const auto taken = left.substr(0, end);
  left.remove_prefix(end + 1);
  return taken;
}

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (const auto word = take_until(line, ' ')) words.push_back(*word);
  words.push_back(line);
  return words;
}

bool has_digest(std::string_view bytes, std::string_view hex) { return base::to_hex(sha256(bytes)) == hex; }

}  // namespace

EnvelopeFile read_envelopes(std::string_view bytes) {
  EnvelopeFile file;
  if (!bytes.starts_with(kFirstLine)) {  // one envelope, perhaps with the line feed an editor added
    if (bytes.ends_with('\n')) bytes.remove_suffix(1);
    file.envelopes.emplace_back(bytes);
    return file;
  }
  std::string_view left = bytes.substr(kFirstLine.size());
  for (std::size_t records = 0;;) {
    const auto before = bytes.substr(0, bytes.size() - left.size());
    const auto line = take_until(left, '\n');
    const auto words = line ? words_of(*line) : std::vector<std::string_view>{};
    if (words.size() == 3 && words[0] == "end") {
      if (number_in(words[1]) != records || !has_digest(before, words[2]) || !left.empty())
        file.complaint = "its end does not fit what comes before";
      return file;
    }
    const bool known = words.size() == 5 && (words[0] == "record" || words[0] == "part");
    const auto length = known ? number_in(words[4]) : std::nullopt;
    if (!length || left.size() <= *length || left[*length] != '\n') {
      file.complaint = fmt::format("it breaks off after {} records", records);
      return file;
    }
    const auto body = left.substr(0, *length);
    left.remove_prefix(*length + 1);
    const bool sound = has_digest(body, words[3]);
    if (words[0] == "part") {
      if (sound)
        file.parts.emplace(words[3], body);
      else
        file.complaint = fmt::format("an attachment of record {} is damaged", records + 1);
      continue;
    }
    ++records;
    if (sound)
      file.envelopes.emplace_back(body);
    else
      file.complaint = fmt::format("record {} is damaged", records);
  }
}

base::Result<EnvelopeFile> read_envelope_file(const std::filesystem::path& file) {
  const auto bytes = base::read_file(file, kLongestExport);
  if (!bytes) return base::Error{base::Failure::config_unreadable, bytes.error().detail};
  return read_envelopes(*bytes);
}

}  // namespace gateway
