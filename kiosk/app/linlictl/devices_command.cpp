// linlictl devices: what a terminal has, how it is, and whether it works.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "kiosk/app/linlictl/device_lines.h"
#include "kiosk/app/linlictl/subcommands.h"

namespace linlictl {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAnswerPatience{10'000};
constexpr milliseconds kCheckPatience{100'000};  // an interactive one waits a minute for a person

struct Wish {
  bool watch = false;
  bool json = false;
  std::string check;  // a level; empty: none
  std::string device;
};

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

int fail(const base::Error& error) {
  std::fputs((error.detail + '\n').c_str(), stderr);
  return kImpossible;
}

int no_kiosk() {
  std::fputs("No kiosk is running here.\n", stderr);
  return kImpossible;
}

bool is_wanted(const Wish& wish, const nlohmann::json& row) {
  return wish.device.empty() || row.value("device", "") == wish.device;
}

int show(const Wish& wish, const nlohmann::json& devices) {
  auto shown = nlohmann::json::array();
  for (const auto& row : devices)
    if (is_wanted(wish, row)) shown.push_back(row);
  if (shown.empty()) return fail({base::Failure::config_invalid, "There is no device \"" + wish.device + "\" here."});
  print(wish.json ? shown.dump(2) + '\n' : lines_of_devices(shown));
  return any_in_trouble(shown) ? kTrouble : kWell;
}

int list(const Wish& wish, kiosk::ControlClient& kiosk) {
  const auto answer = kiosk.ask({{"request", "devices"}}, kAnswerPatience);
  if (!answer) return fail(answer.error());
  return show(wish, answer->value("devices", nlohmann::json::array()));
}

int watch(const Wish& wish, kiosk::ControlClient& kiosk) {
  auto asked = kiosk.ask({{"request", "watch-devices"}}, std::nullopt, [&](const nlohmann::json& news) {
    auto rows = news.value("devices", nlohmann::json::array());
    if (news.contains("device")) rows.push_back(news["device"]);
    for (const auto& row : rows)
      if (is_wanted(wish, row)) print(wish.json ? row.dump() + '\n' : line_of_device(row));
    return true;
  });
  return asked ? kWell : fail(asked.error());
}

int check_one(const Wish& wish, const Terminal& terminal, const std::string& device) {
  auto kiosk = terminal.running_kiosk();  // a connection is for one question
  if (!kiosk) return no_kiosk();
  if (!wish.json && wish.check == "interactive") print(what_to_do(device));
  const auto answer = kiosk->ask({{"request", "check"}, {"device", device}, {"level", wish.check}}, kCheckPatience);
  if (!answer) return fail(answer.error());
  print(wish.json ? answer->dump() + '\n' : line_of_check(*answer));
  return answer->value("passed", false) ? kWell : kTrouble;
}

int check(const Wish& wish, const Terminal& terminal, kiosk::ControlClient& kiosk) {
  if (!wish.device.empty()) return check_one(wish, terminal, wish.device);
  const auto answer = kiosk.ask({{"request", "devices"}}, kAnswerPatience);
  if (!answer) return fail(answer.error());
  int worst = kWell;
  for (const auto& row : answer->value("devices", nlohmann::json::array()))
    if (row.value("driver", "absent") != "absent") worst = std::max(worst, check_one(wish, terminal, row.value("device", "")));
  return worst;
}

int run(const Wish& wish, const Terminal& terminal) {
  auto kiosk = terminal.running_kiosk();
  if (!kiosk) return no_kiosk();
  if (!wish.check.empty()) return check(wish, terminal, *kiosk);
  return wish.watch ? watch(wish, *kiosk) : list(wish, *kiosk);
}

}  // namespace

void add_devices_command(CLI::App& program, const Terminal& terminal, int& exit_code) {
  const auto wish = std::make_shared<Wish>();  // lives as long as the callback
  auto* devices = program.add_subcommand("devices", "the devices of this terminal: which, how they are, what they have done");
  devices->add_option("device", wish->device, "only this one: card_reader, code_scanner, printer");
  auto* watching = devices->add_flag("--watch", wish->watch, "go on, and tell every change as it happens");
  devices->add_flag("--json", wish->json, "for programs: JSON instead of lines");
  devices
      ->add_option("--check", wish->check,
                   "self-test: passive (what is known), active (asks the device, leaves no trace), interactive (it does its work "
                   "once, and you see or lay a card down)")
      ->check(CLI::IsMember({"passive", "active", "interactive"}))
      ->excludes(watching);
  devices->callback([wish, &terminal, &exit_code] { exit_code = run(*wish, terminal); });
}

}  // namespace linlictl
