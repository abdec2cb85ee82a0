#pragma once

#include <filesystem>
#include <string>

namespace kiosk {

// Where the program's own files are: share/linli beside its bin folder, in the build as when installed.
struct AssetPaths {
  std::filesystem::path root;

  std::filesystem::path services() const { return root / "services"; }
  std::filesystem::path translations() const { return root / "translations"; }
  std::filesystem::path printer_profile(const std::string& name) const { return root / "printers" / (name + ".json"); }
  std::filesystem::path sounds() const { return root / "sounds"; }
  std::filesystem::path lexicon() const { return root / "speech" / "chinese.lexicon"; }
  std::filesystem::path fonts_conf() const { return root / "fonts.conf"; }
};

AssetPaths installed_assets();

}  // namespace kiosk
