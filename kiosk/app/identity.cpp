// What the office has to know of this machine: one line for its list of devices.
#include <iostream>

#include "kiosk/app/commands.h"
#include "kiosk/configuration.h"
#include "offline_cache/sealing/device_key.h"

namespace kiosk {

base::Status print_identity(const std::filesystem::path& file) {
  const auto configuration = load_configuration(file);
  if (!configuration) return configuration.error();
  const auto& platform = configuration->platform;
  const auto place = platform.device_key.empty() ? offline_cache::DeviceKey::usual_place(configuration->data, platform.suite)
                                                 : platform.device_key;
  const auto key = offline_cache::DeviceKey::load_or_create(place, platform.suite);
  if (!key) return key.error();
  std::cout << key->public_line() << std::endl;
  return {};
}

}  // namespace kiosk
