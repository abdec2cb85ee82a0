#include "kiosk/configuration.h"

#include <algorithm>

#include "base/files.h"
#include "kiosk/configuration_section.h"

namespace kiosk {
namespace {

using base::Error;
using base::Failure;
namespace fs = std::filesystem;

constexpr std::size_t kLargestConfiguration = 64 * 1024;  // bytes
constexpr std::size_t kLongestName = 90;                  // bytes: thirty Chinese characters
constexpr std::size_t kLongestUrl = 200;                  // bytes

bool only(std::string_view text, std::string_view also, bool upper = true) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (upper && c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || also.find(c) != also.npos;
  });
}

bool is_line(std::string_view text) {
  return text.size() <= kLongestName && std::none_of(text.begin(), text.end(), [](char c) { return c >= '\0' && c < ' '; });
}
bool is_name(std::string_view text) { return !text.empty() && is_line(text); }
bool is_terminal(std::string_view text) { return !text.empty() && text.size() <= 16 && only(text, "-"); }
bool is_language(std::string_view text) { return text.size() >= 2 && text.size() <= 8 && only(text, "-"); }
bool is_path(std::string_view text) { return !text.empty() && text.find('\0') == text.npos; }
bool is_profile(std::string_view text) { return !text.empty() && text.size() <= 40 && only(text, "-", false); }
bool is_port(std::string_view text) { return is_name(text); }
bool is_socket(std::string_view text) { return text.empty() || (is_line(text) && text.front() == '/'); }
bool is_group(std::string_view text) { return text.size() <= 32 && only(text, "-_"); }
bool is_office_key(std::string_view text) {
  return text.empty() || (text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos);
}
bool is_url(std::string_view text) {
  const bool scheme = text.starts_with("http://") || text.starts_with("https://");
  return text.empty() || (scheme && text.size() <= kLongestUrl && !text.ends_with('/') &&
                          std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; }));
}

void read_hall(ConfigurationSection section, Hall& hall) {
  constexpr const char* kName = "a text of 1 to 90 bytes on one line";
  section.line("name_zh", hall.name_zh, is_name, kName, true);
  section.line("name_en", hall.name_en, is_name, kName, true);
  section.line("terminal", hall.terminal, is_terminal, "1 to 16 letters, digits and -, such as \"HP-03\"", true);
  section.line("hotline", hall.hotline, is_line, "a telephone number, or \"\" for none");
  section.line("default_language", hall.default_language, is_language, "a language such as \"zh\" or \"en\"");
  section.finish();
}

void read_panel(ConfigurationSection section, PanelConfiguration& panel) {
  section.number("width_mm", panel.width_mm, 50, 3000);
  section.whole("width_px", panel.width_px, 320, 8192);
  section.whole("height_px", panel.height_px, 320, 8192);
  section.finish();
}

void read_platform(ConfigurationSection section, Configuration& configuration) {
  section.line("url", configuration.platform_url, is_url, "http://… or https://… without / at its end, or \"\" for none");
  section.line("office_key", configuration.office_key, is_office_key, "64 hexadecimal digits, or \"\" for none");
  section.finish();
}

void read_devices(ConfigurationSection section, Configuration& configuration) {
  const auto read = [&](const char* driver_key, const char* port_key, DeviceConfiguration& device) {
    section.line(driver_key, device.driver, is_profile, "the name of a driver, or \"absent\"");
    section.line(port_key, device.port, is_port, "a port, such as \"usb\", \"serial:/dev/ttyS1\" or \"simulated\"");
  };
  read("card_reader", "card_reader_port", configuration.card_reader);
  read("code_scanner", "code_scanner_port", configuration.code_scanner);
  read("printer", "printer_port", configuration.printer);
  section.line("printer_profile", configuration.printer_profile, is_profile,
               "the name of a file in assets/printers, without .json");
  section.finish();
}

void read_control(ConfigurationSection section, ControlConfiguration& control) {
  std::string socket;
  section.line("socket", socket, is_socket, "the absolute path of a socket, at most 90 bytes, or \"\"");
  section.line("group", control.group, is_group, "the name of a group, or \"\" for none");
  control.socket = socket;
  section.finish();
}

base::Result<toml::table> parse(const std::string& text, const std::string& file) {
  try {
    return toml::parse(std::string_view(text));
  } catch (const toml::parse_error& error) {
    return Error{Failure::config_unreadable, fmt::format("{}:{}: {}", file, error.source().begin.line, error.description())};
  } catch (const std::exception& error) { return Error{Failure::config_unreadable, fmt::format("{}: {}", file, error.what())}; }
}

}  // namespace

base::Result<Configuration> load_configuration(const fs::path& file) {
  const auto text = base::read_file(file, kLargestConfiguration);
  if (!text) return Error{Failure::config_unreadable, text.error().detail};
  const auto table = parse(*text, file.string());
  if (!table) return table.error();
  ConfigurationComplaint complaint{file.string(), {}};
  Configuration configuration;
  ConfigurationSection top(&*table, "", complaint);
  std::string data;
  top.line("data", data, is_path, "a folder for waiting applications", true);
  read_hall({top.table("hall"), "hall", complaint}, configuration.hall);
  read_panel({top.table("panel"), "panel", complaint}, configuration.panel);
  read_platform({top.table("platform"), "platform", complaint}, configuration);
  read_devices({top.table("devices"), "devices", complaint}, configuration);
  read_control({top.table("control"), "control", complaint}, configuration.control);
  top.finish();
  if (complaint.first) return Error{Failure::config_invalid, *complaint.first};
  std::error_code error;
  configuration.data = (fs::absolute(file, error).parent_path() / data).lexically_normal();
  return configuration;
}

}  // namespace kiosk
