#include "ui/speech/clips.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/log.h"
#include "ui/kit/language_tag.h"

namespace ui {
namespace {

base::Error wrong(int line, std::string_view expected) {
  return {base::Failure::text_catalogue_broken, fmt::format("clips, line {}: {}", line, expected)};
}

bool plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

}  // namespace

base::Result<std::vector<ClipLine>> read_clip_index(std::string_view file) {
  if (file.size() > kLargestClipIndex) return wrong(0, "the file is too large");
  std::vector<ClipLine> lines;
  int number = 0;
  while (!file.empty()) {
    ++number;
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos) return wrong(number, "language, sentence and file, with tabs between");
    ClipLine clip{std::string(line.substr(0, first)), std::string(line.substr(first + 1, second - first - 1)),
                  std::string(line.substr(second + 1))};
    if (clip.language.empty() || clip.sentence.empty() || !plain_name(clip.file))
      return wrong(number, "a language, a sentence, and the name of a file beside the index");
    lines.push_back(std::move(clip));
  }
  return lines;
}

Clips::Clips(const std::filesystem::path& folder, const kiosk::Translations& translations) : folder_(folder) {
  std::error_code error;
  if (!std::filesystem::exists(folder / "index", error)) return;
  const auto text = base::read_file(folder / "index", kLargestClipIndex);
  const auto lines = text ? read_clip_index(*text) : base::Result<std::vector<ClipLine>>(text.error());
  if (!lines) {
    base::log::failure(lines.error());
    return;
  }
  for (const ClipLine& line : *lines)
    files_[{language_tag(line.language), translations.text(line.sentence, line.language)}] = line.file;
}

std::optional<Sound> Clips::find(std::string_view text, std::string_view language_tag) const {
  const auto found = files_.find({std::string(language_tag), std::string(text)});
  if (found == files_.end()) return std::nullopt;
  const auto bytes = base::read_file(folder_ / found->second, kLargestClip);
  auto sound = bytes ? decode_wav(*bytes) : base::Result<Sound>(bytes.error());
  if (sound) return *std::move(sound);
  base::log::failure({sound.error().failure, found->second + ": " + sound.error().detail});
  return std::nullopt;
}

}  // namespace ui
