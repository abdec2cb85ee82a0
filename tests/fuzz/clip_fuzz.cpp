// links: linli_ui
// Any bytes as an index of clips and as a recorded sound.
#include <cstdint>
#include <cstdlib>

#include "ui/speech/clips.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes as text
  if (const auto lines = ui::read_clip_index(bytes))
    for (const ui::ClipLine& line : *lines)
      if (line.file.empty() || line.file.find('/') != std::string::npos || line.file.front() == '.') std::abort();
  if (auto sound = ui::decode_wav(bytes)) {
    if (sound->size() > ui::kLongestSound || sound->size() * 2 > size) std::abort();
    ui::change_loudness(*sound, 6.0);
  }
  return 0;
}
