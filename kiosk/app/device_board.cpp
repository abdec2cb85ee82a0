#include "kiosk/app/device_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace kiosk {

struct DeviceBoard::Row {
  DevicePlace place;
  hal::DeviceHealth health{hal::DeviceState::starting, {}, {}};
  std::optional<ControlCall> checking = std::nullopt;  // who waits for the end of a check
  hal::HealthCheck level = hal::HealthCheck::passive;
};

namespace {

constexpr const char* kDevice = "device";  // fields of a request
constexpr const char* kLevel = "level";
constexpr std::array<std::string_view, 3> kLevels{"passive", "active", "interactive"};

std::optional<hal::HealthCheck> level_named(const std::string& name) {
  const auto found = std::ranges::find(kLevels, name);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<hal::HealthCheck>(found - kLevels.begin());
}

constexpr const char* kTouch = "touch";  // rows of the terminal's own parts
constexpr const char* kSound = "sound";

hal::DeviceHealth health_of_own(std::optional<base::Failure> failure) {
  return {failure ? hal::faulted_by(*failure) : hal::DeviceState::online, failure, {}};
}

base::Failure missing_device(const DevicePlace& place) {
  if (place.name == "card_reader") return base::Failure::card_no_reader;
  if (place.name == "printer") return base::Failure::print_no_printer;
  if (place.name == "camera") return base::Failure::camera_no_camera;
  return place.driver == "camera" ? base::Failure::camera_no_camera : base::Failure::scan_no_scanner;
}

}  // namespace

nlohmann::json described(const DevicePlace& place, const hal::DeviceHealth& health) {
  nlohmann::json row{{"device", place.name},           {"driver", place.driver},      {"port", place.port},
                     {"state", name_of(health.state)}, {"identity", health.identity}, {"supply", name_of(health.supply)},
                     {"media", name_of(health.media)}};
  if (const auto failure = failure_told(health, missing_device(place)); failure && place.driver != "absent") {
    row["failure"] = base::entry(*failure).code;
    row["advice"] = base::entry(*failure).staff;
  }
  auto& statistics = row["statistics"] = nlohmann::json::object();
  for (std::size_t i = 0; place.device != nullptr && i < hal::kCounters; ++i) {
    const auto counter = static_cast<hal::Counter>(i);
    statistics[std::string(name_of(counter))] = place.device->statistics().value(counter);
  }
  return row;
}

DeviceBoard::DeviceBoard(const std::vector<DevicePlace>& places) {
  for (const auto& place : places) rows_.push_back({place});
  for (const char* own : {kTouch, kSound}) rows_.push_back({{own, "built in", {}, nullptr}, health_of_own({})});
}

DeviceBoard::~DeviceBoard() = default;

DeviceBoard::Row* DeviceBoard::find(const std::string& name) {
  const auto found = std::ranges::find_if(rows_, [&](const Row& row) { return row.place.name == name; });
  return found == rows_.end() ? nullptr : &*found;
}

void DeviceBoard::note(const Event& event) {
  const auto note_for = [this](const char* name, const auto& device_event) {
    Row* row = find(name);
    if (row == nullptr) return;
    if (const auto* health = std::get_if<hal::DeviceHealth>(&device_event)) on(*row, *health);
    if (const auto* checked = std::get_if<hal::HealthChecked>(&device_event)) on(*row, *checked);
  };
  if (const auto* card = std::get_if<hal::CardReaderEvent>(&event)) note_for("card_reader", *card);
  if (const auto* code = std::get_if<hal::CodeScannerEvent>(&event)) note_for("code_scanner", *code);
  if (const auto* paper = std::get_if<hal::PrinterEvent>(&event)) note_for("printer", *paper);
  if (const auto* picture = std::get_if<hal::CameraEvent>(&event)) note_for("camera", *picture);
  if (const auto* own = std::get_if<OwnPartIs>(&event))
    on(*find(own->part == OwnPart::touch ? kTouch : kSound), health_of_own(own->failure));
}

void DeviceBoard::on(Row& row, const hal::DeviceHealth& health) {
  row.health = health;
  const nlohmann::json news{{"device", described(row.place, health)}};
  std::erase_if(watchers_, [&](ControlCall& watcher) { return !watcher.tell(news); });
}

void DeviceBoard::on(Row& row, const hal::HealthChecked& checked) {
  row.health = checked.health;
  if (!row.checking || checked.level != row.level) return;
  std::exchange(row.checking, std::nullopt)
      ->answer({{"passed", checked.passed}, {"details", checked.details}, {"device", described(row.place, checked.health)}});
}

void DeviceBoard::list(ControlCall call) {
  auto devices = nlohmann::json::array();
  for (const auto& row : rows_) devices.push_back(described(row.place, row.health));
  call.answer({{"devices", std::move(devices)}});
}

void DeviceBoard::watch(ControlCall call) {
  auto devices = nlohmann::json::array();
  for (const auto& row : rows_) devices.push_back(described(row.place, row.health));
  std::erase_if(watchers_, [](ControlCall& watcher) { return !watcher.is_heard(); });
  if (call.tell({{"devices", std::move(devices)}})) watchers_.push_back(std::move(call));
}

void DeviceBoard::check(ControlCall call, bool resident_is_here) {
  Row* row = find(call.text(kDevice));
  const auto level = level_named(call.text(kLevel));
  if (row == nullptr) return call.refuse(fmt::format("there is no device \"{}\" here", call.text(kDevice)));
  if (!level) return call.refuse("a check is \"passive\", \"active\" or \"interactive\"");
  if (*level == hal::HealthCheck::interactive && resident_is_here)
    return call.refuse("a resident is using this terminal; check interactively when the visit is over");
  if (row->place.device == nullptr)
    return call.answer({{"passed", !row->health.failure},
                        {"details", "as far as is known: it has no test of its own"},
                        {"device", described(row->place, row->health)}});
  if (row->checking) row->checking->refuse("another check took the place of this one");
  row->checking = std::move(call);
  row->level = *level;
  row->place.device->check(*level);
}

}  // namespace kiosk
