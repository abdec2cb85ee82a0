#pragma once

#include <filesystem>

namespace kiosk {

// Where a kiosk listens: at `socket`, or when that is empty as control.sock in systemd's runtime directory, or without one
// in its data folder.
std::filesystem::path control_path(const std::filesystem::path& socket, const std::filesystem::path& data);

// Of the unit in packaging/, for those who ask from outside of it.
inline constexpr const char* kInstalledControlSocket = "/run/linli/control.sock";

}  // namespace kiosk
