// A file of words for the models, a line each, carried out in order; "wait MS" lets time pass, "#" begins a remark.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "hal/transport/file/wake_event.h"
#include "kiosk/app/linli_devices/bench.h"

namespace linli_devices {

inline constexpr std::size_t kLongestScript = 1024 * 1024;  // bytes
inline constexpr long kLongestWait = 24L * 3600 * 1000;     // milliseconds

struct ScriptLine {
  int number = 0;
  std::string words;
};
base::Result<std::vector<ScriptLine>> read_script(const std::filesystem::path& file);

// Until its end, a line that is refused (config_invalid with file's line and reason), or `end`.
base::Status play(const std::vector<ScriptLine>& script, Bench& bench, const hal::WakeEvent& end);

}  // namespace linli_devices
