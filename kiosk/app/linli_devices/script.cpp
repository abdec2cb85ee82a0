#include "kiosk/app/linli_devices/script.h"

#include <fmt/format.h>

#include <sstream>

#include "base/files.h"
#include "hal/simulated/model_command.h"

namespace linli_devices {

base::Result<std::vector<ScriptLine>> read_script(const std::filesystem::path& file) {
  auto text = base::read_file(file, kLongestScript);
  if (!text) return text.error();
  std::vector<ScriptLine> script;
  std::istringstream lines(*text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin != std::string::npos && line[begin] != '#') script.push_back({number, line});
  }
  return script;
}

base::Status play(const std::vector<ScriptLine>& script, Bench& bench, const hal::WakeEvent& end) {
  for (const auto& line : script) {
    const hal::ModelCommand command(line.words);
    if (const auto pause = command.number(1); command.is("wait", 1) && pause && *pause <= kLongestWait) {
      const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds{*pause};
      if (end.wait(-1, 0, until) == hal::Woken::cancelled) return {};
    } else if (auto said = bench.say(line.words); !said) {
      return base::Error{said.error().failure, fmt::format("line {}: {}", line.number, said.error().detail)};
    }
  }
  return {};
}

}  // namespace linli_devices
