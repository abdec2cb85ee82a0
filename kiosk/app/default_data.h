#pragma once

#include <cstdlib>
#include <filesystem>

namespace kiosk {

// The demo's folder, unless told otherwise.
inline std::filesystem::path default_data() {
  if (const char* state = std::getenv("XDG_STATE_HOME")) return std::filesystem::path(state) / "linli-demo";
  if (const char* home = std::getenv("HOME")) return std::filesystem::path(home) / ".local/state/linli-demo";
  return std::filesystem::temp_directory_path() / "linli-demo";
}

}  // namespace kiosk
