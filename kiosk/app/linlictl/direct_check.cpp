#include "kiosk/app/linlictl/direct_check.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/mailbox.h"
#include "kiosk/app/device_table.h"

namespace linlictl {
namespace {

using kiosk::Configuration;
using kiosk::DeviceConfiguration;
using nlohmann::json;
using News = std::variant<hal::DeviceHealth, hal::HealthChecked>;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kUntilFound{15};    // a reader on a line of unknown speed takes the longest
constexpr seconds kUntilChecked{90};  // an interactive check waits a minute for a person

constexpr std::array<std::pair<const char*, DeviceConfiguration Configuration::*>, 4> kDevices{
    std::pair{"card_reader", &Configuration::card_reader},
    std::pair{"code_scanner", &Configuration::code_scanner},
    std::pair{"printer", &Configuration::printer},
    std::pair{"camera", &Configuration::camera},
};

// What a device says, without what is about a person: a card, a code or a picture is dropped unseen.
class Listener {
 public:
  kiosk::Sinks sinks() {
    return {[this](const hal::CardReaderEvent& event) { hear(event); },
            [this](const hal::CodeScannerEvent& event) { hear(event); },
            [this](const hal::PrinterEvent& event) { hear(event); },
            [this](const hal::CameraEvent& event) { hear(event); },
            {},
            {}};
  }
  // The first that `is_it` likes; nothing when it does not come.
  template <class IsIt>
  std::optional<News> await(seconds patience, IsIt is_it) {
    const auto deadline = steady_clock::now() + patience;
    while (auto news = news_.take_for(deadline - steady_clock::now()))
      if (is_it(*news)) return news;
    return std::nullopt;
  }

 private:
  template <class Event>
  void hear(const Event& event) {
    if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) news_.post(*health);
    if (const auto* checked = std::get_if<hal::HealthChecked>(&event)) news_.post(*checked);
  }
  base::Mailbox<News> news_;
};

}  // namespace

base::Result<json> check_directly(const Configuration& configuration, const std::string& device, hal::HealthCheck level) {
  Configuration only = configuration;
  for (const auto& [name, configured] : kDevices)
    if (name != device) only.*configured = {};
  if (auto possible = check_devices(only); !possible) return possible.error();
  Listener listener;
  const base::SystemClock clock;
  const auto devices = kiosk::make_devices(only, kiosk::installed_assets(), clock, listener.sinks());
  const auto place = std::ranges::find(devices.places, device, &kiosk::DevicePlace::name);
  if (place == devices.places.end())
    return base::Error{base::Failure::config_invalid, "There is no device \"" + device + "\" here."};
  listener.await(kUntilFound, [](const News& news) {
    const auto* health = std::get_if<hal::DeviceHealth>(&news);
    return health != nullptr && hal::can_work(health->state);
  });
  place->device->check(level);
  const auto checked = listener.await(kUntilChecked, [&](const News& news) {
    const auto* end = std::get_if<hal::HealthChecked>(&news);
    return end != nullptr && end->level == level;
  });
  if (!checked) return base::Error{base::Failure::internal, "The device did not end its check."};
  const auto& end = std::get<hal::HealthChecked>(*checked);
  return json{{"passed", end.passed}, {"details", end.details}, {"device", kiosk::described(*place, end.health)}};
}

json configured_devices(const Configuration& configuration) {
  auto rows = json::array();
  for (const auto& [name, configured] : kDevices) {
    const auto& [driver, port] = configuration.*configured;
    rows.push_back({{"device", name}, {"driver", driver}, {"port", driver == "absent" ? "" : port}, {"state", "not asked"}});
  }
  return rows;
}

}  // namespace linlictl
