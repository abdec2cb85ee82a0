#include "kiosk/app/linlictl/connected.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "hal/registry/driver_table.h"
#include "kiosk/app/linlictl/access_rights.h"

namespace linlictl {
namespace {

using hal::Sighting;
using nlohmann::json;

std::string why_no_driver(const Sighting& seen) {
  if (seen.subsystem == "tty")
    return "a serial line does not say what is at its end; name it in kiosk.toml: " + to_string(seen.port);
  if (seen.subsystem == "hidraw") return "its report descriptor is not that of a code scanner";
  if (seen.subsystem == "input")
    return "a keyboard of no known maker of scanners; if it is one, name its place in kiosk.toml: " + to_string(seen.port);
  if (seen.subsystem == "usb") return "no driver knows this USB id, and none of its interfaces is a printer's";
  return "no driver takes it";
}

void add_driver(json& row, const Sighting& seen) {
  for (const auto& driver : hal::drivers()) {
    const auto reason = driver.recognise(seen);
    if (reason.empty()) continue;
    row["device"] = name_of(driver.device_class());
    row["driver"] = driver.name;
    row["reason"] = reason;
    return;
  }
  row["reason"] = why_no_driver(seen);
}

void add_permission(json& row, const Sighting& seen, const std::string& user) {
  const bool slot = seen.port.kind == hal::PortKind::pcsc;
  if (seen.node.empty() && !slot) return;
  const auto rights = slot ? smart_card_rights(user) : access_rights(seen.node, user);
  row["permission"] = rights.given ? "given" : "missing";
  if (rights.given || !row.contains("driver")) return;
  const auto rule = granting_rule(seen);
  if (slot)
    row["grant"] = fmt::format("{}, installed, and usermod -aG linli {}", rule, user);
  else if (!rule.empty() && rights.owner_group != "linli")
    row["grant"] = fmt::format("packaging/udev/70-linli.rules, installed and with this line: {}", rule);
  else if (!rights.owner_group.empty())
    row["grant"] =
        fmt::format("{} belongs to the group {}: usermod -aG {} {}", seen.node, rights.owner_group, rights.owner_group, user);
  else
    row["grant"] = fmt::format("{} has no group that may open it", seen.node);
}

json described(const Sighting& seen, const std::string& user) {
  json row{{"port", to_string(seen.port)}, {"subsystem", seen.subsystem}, {"node", seen.node}, {"name", seen.name}};
  if (seen.vendor_id != 0) row["id"] = fmt::format("{:04x}:{:04x}", seen.vendor_id, seen.product_id);
  add_driver(row, seen);
  add_permission(row, seen, user);
  return row;
}

}  // namespace

json connected_devices(const std::string& user) {
  auto rows = json::array();
  for (const auto& seen : hal::sightings()) rows.push_back(described(seen, user));
  return rows;
}

std::string usual_user() {
  if (getpwnam("linli") != nullptr) return "linli";
  const passwd* self = getpwuid(geteuid());
  return self != nullptr ? self->pw_name : std::to_string(geteuid());
}

}  // namespace linlictl
