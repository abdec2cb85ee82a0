// Recorded sentences. `index` in assets/sounds/ has lines "language TAB sentence TAB file"; the sentence is the English one that
// names it everywhere (msgid), or, for a service's own texts, the text itself. Files are as sound.h says.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/translations.h"
#include "ui/speech/sound.h"

namespace ui {

inline constexpr std::size_t kLargestClipIndex = 1U << 20U;  // bytes
inline constexpr std::size_t kLargestClip = 16U << 20U;      // bytes

struct ClipLine {
  std::string language;  // of the .po file
  std::string sentence;
  std::string file;  // a name, without folders
};
// text_catalogue_broken with "line N: what is expected".
base::Result<std::vector<ClipLine>> read_clip_index(std::string_view file);

class Clips {
 public:
  Clips() = default;
  // A missing folder or index is no clips; a broken index is logged, and no clips.
  Clips(const std::filesystem::path& folder, const kiosk::Translations& translations);

  // The recording of exactly this text; nothing when there is none, or its file is broken (logged).
  std::optional<Sound> find(std::string_view text, std::string_view language_tag) const;
  std::size_t size() const { return files_.size(); }

 private:
  std::filesystem::path folder_;
  std::map<std::pair<std::string, std::string>, std::string> files_;  // language tag, text → file
};

}  // namespace ui
