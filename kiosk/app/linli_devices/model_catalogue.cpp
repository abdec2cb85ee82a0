#include "kiosk/app/linli_devices/model_catalogue.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "hal/simulated/profiled_machine.h"
#include "kiosk/app/asset_paths.h"

namespace linli_devices {
namespace {

constexpr std::string_view kPrinter = "escpos";

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(kiosk::installed_assets().root / "printers", ignored))
    if (file.path().extension() == ".json" && file.path().stem().extension().empty())
      names.push_back(file.path().stem().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

base::Result<std::shared_ptr<hal::DeviceModel>> make_model(const std::string& name) {
  const auto slash = name.find('/');
  for (const auto& driver : hal::drivers()) {
    if (driver.name != name.substr(0, slash)) continue;
    if (slash == std::string::npos) return driver.make_model();
    if (driver.name != kPrinter) break;
    auto profile = hal::load_printer_profile(kiosk::installed_assets().printer_profile(name.substr(slash + 1)));
    if (!profile) return profile.error();
    return std::shared_ptr<hal::DeviceModel>(std::make_shared<hal::EscposMachine>(hal::machine_of(*profile)));
  }
  return base::Error{base::Failure::config_invalid,
                     fmt::format("there is no model \"{}\"; there are {}", name, fmt::join(model_names(), ", "))};
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const auto& driver : hal::drivers()) {
    names.emplace_back(driver.name);
    if (driver.name != kPrinter) continue;
    for (const auto& profile : profile_names()) names.push_back(fmt::format("{}/{}", kPrinter, profile));
  }
  return names;
}

}  // namespace linli_devices
