#include "kiosk/app/linlictl/device_lines.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <vector>

namespace linlictl {
namespace {

std::string text(const nlohmann::json& row, const char* key) { return row.value(key, std::string()); }

std::string condition(const nlohmann::json& row) {
  std::string words = text(row, "state");
  if (row.contains("failure")) words += fmt::format(" {}", text(row, "failure"));
  if (const auto supply = row.value("supply", "unknown"); supply != "unknown") words += fmt::format(", supply {}", supply);
  if (const auto media = text(row, "media"); media == "present" || media == "taken") words += fmt::format(", media {}", media);
  return words;
}

std::string place(const nlohmann::json& row) {
  const auto driver = text(row, "driver");
  const auto port = text(row, "port");
  return port.empty() ? driver : fmt::format("{} at {}", driver, port);
}

// Only what has happened.
std::string counts(const nlohmann::json& row) {
  std::vector<std::string> words;
  const auto statistics = row.value("statistics", nlohmann::json::object());
  for (const auto& [name, count] : statistics.items())
    if (count != 0) words.push_back(fmt::format("{} {}", name, count.get<std::uint64_t>()));
  return fmt::format("{}", fmt::join(words, ", "));
}

bool in_trouble(const nlohmann::json& row) {
  return text(row, "driver") != "absent" && (row.contains("failure") || text(row, "state") == "no device");
}

bool forbidden(const nlohmann::json& row) { return row.contains("driver") && text(row, "permission") == "missing"; }

std::string lines_of_devices(const nlohmann::json& rows) {
  std::string lines;
  for (const auto& row : rows) {
    lines += fmt::format("{:<13} {:<27} {}\n", text(row, "device"), place(row), condition(row));
    if (const auto identity = text(row, "identity"); !identity.empty()) lines += fmt::format("{:<14}is {}\n", "", identity);
    if (row.contains("advice")) lines += fmt::format("{:<14}{}\n", "", text(row, "advice"));
    if (const auto done = counts(row); !done.empty()) lines += fmt::format("{:<14}{}\n", "", done);
  }
  return lines;
}

std::string lines_of_connected(const nlohmann::json& rows) {
  std::string lines;
  for (const auto& row : rows) {
    const auto driver = text(row, "driver");
    lines += fmt::format("{:<23} {:<10} {:<19} {}\n", text(row, "port"), text(row, "id"), text(row, "node"), text(row, "name"));
    lines += fmt::format("    {}: {}\n", driver.empty() ? "no driver" : driver, text(row, "reason"));
    if (!forbidden(row)) continue;
    lines += fmt::format("    PERMISSION MISSING: {}\n", text(row, "grant"));
  }
  return lines;
}

}  // namespace

std::string lines_of_all(const std::string& source, const nlohmann::json& devices, const nlohmann::json& connected) {
  std::string lines = source + '\n' + lines_of_devices(devices);
  lines += "\nConnected\n";
  lines += connected.empty() ? "nothing that could be one of these\n" : lines_of_connected(connected);
  return lines;
}

std::string line_of_device(const nlohmann::json& row) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:%H:%M:%S}  {:<13} {:<27} {}\n", local, text(row, "device"), place(row), condition(row));
}

std::string line_of_check(const nlohmann::json& answer) {
  const auto device = answer.value("device", nlohmann::json::object());
  const bool passed = answer.value("passed", false);
  auto line = fmt::format("{}: {}. {}\n", text(device, "device"), passed ? "passed" : "failed", text(answer, "details"));
  if (!passed && device.contains("failure")) line += fmt::format("{}: {}\n", text(device, "failure"), text(device, "advice"));
  return line;
}

std::string what_to_do(const std::string& device) {
  if (device == "card_reader") return "card_reader: lay a card down, within a minute.\n";
  if (device == "code_scanner") return "code_scanner: hold a code before it, within a minute.\n";
  if (device == "printer") return "printer: a test receipt comes out.\n";
  if (device == "camera") return "camera: it takes a picture, which nobody sees.\n";
  return device + ": it does its work once.\n";
}

bool any_in_trouble(const nlohmann::json& devices) { return std::ranges::any_of(devices, in_trouble); }

std::string forbidden_nodes(const nlohmann::json& connected) {
  std::vector<std::string> nodes;
  for (const auto& row : connected)
    if (forbidden(row)) nodes.push_back(text(row, "node"));
  return fmt::format("{}", fmt::join(nodes, ", "));
}

}  // namespace linlictl
