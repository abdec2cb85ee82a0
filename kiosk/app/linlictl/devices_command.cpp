// linlictl devices: what a terminal has, how it is, and whether it works.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "kiosk/app/linlictl/access_rights.h"
#include "kiosk/app/linlictl/connected.h"
#include "kiosk/app/linlictl/device_lines.h"
#include "kiosk/app/linlictl/direct_check.h"
#include "kiosk/app/linlictl/subcommands.h"

namespace linlictl {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds kAnswerPatience{10'000};
constexpr milliseconds kCheckPatience{100'000};  // an interactive one waits a minute for a person
constexpr std::array kLevels{"passive", "active", "interactive"};

struct DevicesWish {
  bool watch = false;
  bool json = false;
  std::string check;   // a level; empty: none
  std::string device;  // empty: all
  std::string user;    // whose permissions
};

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

int fail(const base::Error& error) {
  std::fputs((error.detail + '\n').c_str(), stderr);
  return kImpossible;
}

bool is_wanted(const DevicesWish& wish, const json& row) { return wish.device.empty() || row.value("device", "") == wish.device; }

json wanted_of(const DevicesWish& wish, const json& rows) {
  auto wanted = json::array();
  for (const auto& row : rows)
    if (is_wanted(wish, row)) wanted.push_back(row);
  return wanted;
}

// The rows of the kiosk, or without one of its configuration; `source` says which.
struct DeviceRows {
  bool running = false;
  std::string source;
  json devices = json::array();
};

base::Result<DeviceRows> rows(const Terminal& terminal) {
  if (auto kiosk = terminal.running_kiosk()) {
    auto answer = kiosk->ask({{"request", "devices"}}, kAnswerPatience);
    if (!answer) return answer.error();
    return DeviceRows{true, "Devices of the running kiosk", answer->value("devices", json::array())};
  }
  const auto configuration = kiosk::load_configuration(terminal.configuration);
  if (!configuration)
    return DeviceRows{false, "No kiosk is running here, and its configuration cannot be read. " + configuration.error().detail};
  return DeviceRows{false, fmt::format("No kiosk is running here; {} names", terminal.configuration.string()),
                    configured_devices(*configuration)};
}

int list(const DevicesWish& wish, const Terminal& terminal) {
  const auto found = rows(terminal);
  if (!found) return fail(found.error());
  const json devices = wanted_of(wish, found->devices);
  const json connected = wanted_of(wish, connected_devices(wish.user));
  if (wish.json)
    print(json{{"kiosk", found->running ? "running" : "not running"}, {"devices", devices}, {"connected", connected}}.dump(2) +
          '\n');
  else
    print(lines_of_all(found->source, devices, connected));
  return any_in_trouble(devices) || !forbidden_nodes(connected).empty() ? kTrouble : kWell;
}

int watch(const DevicesWish& wish, const Terminal& terminal) {
  auto kiosk = terminal.running_kiosk();
  if (!kiosk) return fail({base::Failure::internal, "No kiosk is running here; there is nothing to watch."});
  auto asked = kiosk->ask({{"request", "watch-devices"}}, std::nullopt, [&](const json& news) {
    auto changed = news.value("devices", json::array());
    if (news.contains("device")) changed.push_back(news["device"]);
    for (const auto& row : changed)
      if (is_wanted(wish, row)) print(wish.json ? row.dump() + '\n' : line_of_device(row));
    return true;
  });
  return asked ? kWell : fail(asked.error());
}

base::Result<json> checked(const DevicesWish& wish, const Terminal& terminal, const std::string& device) {
  if (auto kiosk = terminal.running_kiosk())
    return kiosk->ask({{"request", "check"}, {"device", device}, {"level", wish.check}}, kCheckPatience);
  const auto configuration = kiosk::load_configuration(terminal.configuration);
  if (!configuration) return configuration.error();
  const auto level = std::ranges::find(kLevels, wish.check) - kLevels.begin();
  return check_directly(*configuration, device, static_cast<hal::HealthCheck>(level));
}

int check_one(const DevicesWish& wish, const Terminal& terminal, const std::string& device) {
  if (!wish.json && wish.check == "interactive") print(what_to_do(device));
  const auto answer = checked(wish, terminal, device);
  if (!answer) return fail(answer.error());
  print(wish.json ? answer->dump() + '\n' : line_of_check(*answer));
  return answer->value("passed", false) ? kWell : kTrouble;
}

int check(const DevicesWish& wish, const Terminal& terminal) {
  if (!wish.device.empty()) return check_one(wish, terminal, wish.device);
  const auto found = rows(terminal);
  if (!found) return fail(found.error());
  if (found->devices.empty()) return fail({base::Failure::config_invalid, found->source});
  int worst = kWell;
  for (const auto& row : found->devices)
    if (row.value("driver", "absent") != "absent") worst = std::max(worst, check_one(wish, terminal, row.value("device", "")));
  return worst;
}

int run(const DevicesWish& wish, const Terminal& terminal) {
  if (wish.user != usual_user() && !has_account(wish.user))
    return fail({base::Failure::config_invalid, "There is no account \"" + wish.user + "\" here."});
  if (!wish.check.empty()) return check(wish, terminal);
  return wish.watch ? watch(wish, terminal) : list(wish, terminal);
}

}  // namespace

void add_devices_command(CLI::App& program, const Terminal& terminal, int& exit_code) {
  const auto wish = std::make_shared<DevicesWish>();  // lives as long as the callback
  wish->user = usual_user();
  auto* devices = program.add_subcommand(
      "devices",
      "what is connected, which driver has it and why, how it is and what it has done, and permissions that are missing");
  devices->add_option("device", wish->device, "only this one")
      ->check(CLI::IsMember({"card_reader", "code_scanner", "printer", "camera", "touch", "sound"}));
  auto* watching = devices->add_flag("--watch", wish->watch, "go on, and tell every change as it happens");
  devices->add_flag("--json", wish->json, "for programs: JSON instead of lines");
  devices->add_option("--user", wish->user, "whose permissions: the account the kiosk runs as")->capture_default_str();
  devices
      ->add_option("--check", wish->check,
                   "self-test: passive (what is known already), active (asks the device, leaves no trace), interactive (it does "
                   "its work once: a test receipt comes out, or you lay a card down). Without a running kiosk the device is "
                   "opened here")
      ->check(CLI::IsMember({"passive", "active", "interactive"}))
      ->excludes(watching);
  devices->footer("Exit code: 0 all is well, 1 something is wrong, 2 it could not be looked.");
  devices->callback([wish, &terminal, &exit_code] { exit_code = run(*wish, terminal); });
}

}  // namespace linlictl
