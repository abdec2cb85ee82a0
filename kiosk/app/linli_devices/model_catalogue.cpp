#include "kiosk/app/linli_devices/model_catalogue.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "kiosk/app/asset_paths.h"

namespace linli_devices {
namespace {

constexpr double kMillimetresPerInch = 25.4;
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

hal::PresenterKind presenter_of(const hal::PrinterProfile& profile) {
  if (!profile.presenter) return hal::PresenterKind::none;
  if (profile.name.find("Citizen") != std::string::npos) return hal::PresenterKind::citizen_pmu;
  return profile.name.find("TPTCM") != std::string::npos ? hal::PresenterKind::custom_tptcm : hal::PresenterKind::custom_kpm;
}

}  // namespace

hal::EscposMachineType machine_of(const hal::PrinterProfile& profile) {
  hal::EscposMachineType type;
  type.dots_per_line = profile.dots_per_line;
  type.dots_per_inch = static_cast<int>(std::lround(profile.dots_per_mm * kMillimetresPerInch));
  type.has_cutter = profile.cutter != hal::Cutter::none;
  type.answers_process_id = profile.process_id == hal::Support::yes;
  type.answers_automatic_status = profile.automatic_status == hal::Support::yes;
  type.clears_buffers = profile.clear_buffers != hal::Support::no;
  type.answers_identity = profile.identity == hal::Support::yes;
  type.model = profile.name;
  type.presenter = presenter_of(profile);
  return type;
}

base::Result<std::shared_ptr<hal::DeviceModel>> make_model(const std::string& name) {
  const auto slash = name.find('/');
  for (const auto& driver : hal::drivers()) {
    if (driver.name != name.substr(0, slash)) continue;
    if (slash == std::string::npos) return driver.make_model();
    if (driver.name != kPrinter) break;
    auto profile = hal::load_printer_profile(kiosk::installed_assets().printer_profile(name.substr(slash + 1)));
    if (!profile) return profile.error();
    return std::shared_ptr<hal::DeviceModel>(std::make_shared<hal::EscposMachine>(machine_of(*profile)));
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
