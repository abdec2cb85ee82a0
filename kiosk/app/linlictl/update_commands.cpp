// linlictl healthy and linlictl idle: what an update agent has to know of the running kiosk (docs/operating.md).
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "kiosk/app/linlictl/subcommands.h"

namespace linlictl {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kWordPatience{10'000};  // for an answer that is there at once
constexpr std::chrono::minutes kLongestWait{30};            // three times the longest that a good release takes
constexpr std::chrono::seconds kUntilAskedAgain{1};         // while no kiosk runs

void put_line(const std::string& sentence) {
  std::fputs((sentence + '\n').c_str(), stdout);
  std::fflush(stdout);
}

// One kiosk, until it says yes or ends. Without waiting, or past `until`, its first word counts.
int ask_one(kiosk::ControlClient& kiosk, const char* request, bool wait, Clock::time_point until) {
  int end = kImpossible;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  const auto asked = kiosk.ask({{"request", request}}, wait ? left : kWordPatience, [&](const nlohmann::json& line) {
    const auto missing = line.value("missing", "");
    end = missing.empty() ? kWell : kTrouble;
    if (!missing.empty()) put_line(missing);
    return wait && Clock::now() < until;
  });
  if (!asked && end != kWell) put_line(asked.error().detail);
  return end;
}

int ask(const Terminal& terminal, const char* request, bool wait) {
  const auto until = Clock::now() + kLongestWait;
  for (bool told = false;; std::this_thread::sleep_for(kUntilAskedAgain)) {
    auto kiosk = terminal.running_kiosk();
    if (!kiosk && !std::exchange(told, true)) put_line("No kiosk is running here.");
    const int end = kiosk ? ask_one(*kiosk, request, wait, until) : kImpossible;
    if (end == kWell || !wait || Clock::now() >= until) return end;
  }
}

void add(CLI::App& program, const char* name, const char* what, const char* request, const Terminal& terminal, int& exit_code) {
  auto* command = program.add_subcommand(name, what);
  const auto wait = std::make_shared<bool>(false);
  command->add_flag("--wait", *wait, "until it is so, for half an hour at most; a kiosk that does not run yet is waited for");
  command->footer("Exit code: 0 it is so, 1 it is not (and why), 2 the kiosk could not be asked.");
  command->callback([=, &terminal, &exit_code] { exit_code = ask(terminal, request, *wait); });
}

}  // namespace

void add_update_commands(CLI::App& program, const Terminal& terminal, int& exit_code) {
  add(program, "healthy", "is the release that runs here good? asked after an update, before the old one is given up", "good",
      terminal, exit_code);
  add(program, "idle", "is nobody in the middle of anything? asked before an update restarts the machine", "idle", terminal,
      exit_code);
}

}  // namespace linlictl
