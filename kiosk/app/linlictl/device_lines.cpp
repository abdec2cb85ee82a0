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
  if (const auto supply = text(row, "supply"); supply != "unknown") words += fmt::format(", supply {}", supply);
  if (const auto media = text(row, "media"); media == "present" || media == "taken") words += fmt::format(", media {}", media);
  return words;
}

std::string place(const nlohmann::json& row) {
  const auto driver = text(row, "driver");
  return driver == "absent" ? driver : fmt::format("{} at {}", driver, text(row, "port"));
}

// Only what has happened.
std::string counts(const nlohmann::json& row) {
  std::vector<std::string> words;
  for (const auto& [name, count] : row.value("statistics", nlohmann::json::object()).items())
    if (count != 0) words.push_back(fmt::format("{} {}", name, count.get<std::uint64_t>()));
  return fmt::format("{}", fmt::join(words, ", "));
}

bool in_trouble(const nlohmann::json& row) {
  return text(row, "driver") != "absent" && (row.contains("failure") || text(row, "state") == "no device");
}

}  // namespace

std::string lines_of_devices(const nlohmann::json& rows) {
  std::string lines;
  for (const auto& row : rows) {
    lines += fmt::format("{:<14}{:<28}{}\n", text(row, "device"), place(row), condition(row));
    if (const auto identity = text(row, "identity"); !identity.empty()) lines += fmt::format("{:<14}is {}\n", "", identity);
    if (row.contains("advice")) lines += fmt::format("{:<14}{}\n", "", text(row, "advice"));
    if (const auto done = counts(row); !done.empty()) lines += fmt::format("{:<14}{}\n", "", done);
  }
  return lines;
}

std::string line_of_device(const nlohmann::json& row) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:%H:%M:%S}  {:<14}{:<28}{}\n", local, text(row, "device"), place(row), condition(row));
}

std::string line_of_check(const nlohmann::json& answer) {
  const auto device = answer.value("device", nlohmann::json::object());
  return fmt::format("{}: {}. {}\n", text(device, "device"), answer.value("passed", false) ? "passed" : "failed",
                     text(answer, "details"));
}

std::string what_to_do(const std::string& device) {
  if (device == "card_reader") return "card_reader: lay a card down, within a minute.\n";
  if (device == "code_scanner") return "code_scanner: hold a code before it, within a minute.\n";
  if (device == "printer") return "printer: a test receipt comes out.\n";
  return device + ": it does its work once.\n";
}

bool any_in_trouble(const nlohmann::json& rows) { return std::ranges::any_of(rows, in_trouble); }

}  // namespace linlictl
