#include "kiosk/configuration.h"

#include <algorithm>
#include <cmath>

#include "base/files.h"
#include "kiosk/configuration_section.h"
#include "kiosk/key_names.h"

namespace kiosk {
namespace {

using base::Error;
using base::Failure;
namespace fs = std::filesystem;

constexpr std::size_t kLargestConfiguration = 64 * 1024;  // bytes
constexpr std::size_t kLongestName = 90;                  // bytes: thirty Chinese characters
constexpr std::size_t kLongestUrl = 200;                  // bytes
constexpr double kSmallestPanel = 15.0 * 25.4;            // mm diagonal; the smallest in use has 15.6 inches
constexpr double kLargestPanel = 33.0 * 25.4;             // mm diagonal; the largest 32

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
bool is_jack(std::string_view text) { return text.empty() || (is_line(text) && text.starts_with("/dev/")); }
bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}
bool is_sodium_key(std::string_view text) { return text.empty() || is_hex(text, 64); }
bool is_sm2_key(std::string_view text) { return text.empty() || is_hex(text, 130); }
bool is_pem_path(std::string_view text) { return text.find('\0') == text.npos; }

// One or two parts, separated by ';', each of which is good.
bool one_or_two(std::string_view text, bool (*good)(std::string_view)) {
  const auto middle = text.find(';');
  if (middle == text.npos) return good(text);
  return good(text.substr(0, middle)) && good(text.substr(middle + 1));
}
bool is_answer_key(std::string_view text) {
  return text.empty() || one_or_two(text, [](std::string_view key) { return is_hex(key, 64); });
}
bool is_pin(std::string_view text) {
  constexpr std::string_view kKind = "sha256//";
  return text.size() == kKind.size() + 44 && text.starts_with(kKind) && text.ends_with('=') &&
         only(text.substr(kKind.size(), 43), "+/");
}
bool is_pins(std::string_view text) { return text.empty() || one_or_two(text, is_pin); }
bool is_proxy(std::string_view text) {
  return text.empty() || (text.starts_with("http://") && text.size() <= kLongestUrl && !text.ends_with('/') &&
                          std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; }));
}

// The host of an http URL is this machine.
bool is_loopback(std::string_view url) {
  std::string_view host = url.substr(std::string_view("http://").size());
  host = host.substr(0, host.find('/'));
  if (host.starts_with("[::1]")) return host.size() == 5 || host[5] == ':';
  host = host.substr(0, host.find(':'));
  return host == "localhost" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

std::optional<std::chrono::sys_days> date_of(std::string_view text) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(at, count)) value = value * 10 + (c - '0');
    return value;
  };
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(digits(0, 4)), std::chrono::month(static_cast<unsigned>(digits(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(digits(8, 2)))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}
bool is_date(std::string_view text) { return date_of(text).has_value(); }
bool is_pin_hash(std::string_view text) { return text.empty() || (text.size() < 128 && text.starts_with("$argon2id$")); }
bool is_url(std::string_view text) {
  const bool scheme = (text.starts_with("http://") && is_loopback(text)) || text.starts_with("https://");
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
  section.number("mounting_mm", panel.mounting_mm, 0, 1500);
  // A size nobody builds would make letters too small to read: displays often lie about it, so it is measured by hand.
  const double diagonal = panel.width_mm * std::hypot(1.0, static_cast<double>(panel.height_px) / panel.width_px);
  if (diagonal < kSmallestPanel || diagonal > kLargestPanel)
    section.complain(
        "width_mm",
        fmt::format("needs the measured width of the visible area: {} mm for {} × {} pixels would be a panel of {:.0f} "
                    "inches, and 15 to 33 are possible",
                    panel.width_mm, panel.width_px, panel.height_px, diagonal / 25.4));
  section.finish();
}

constexpr const char* kFile = "a file name, or \"\" for none";

void read_office_keys(ConfigurationSection& section, Configuration& configuration) {
  PlatformConfiguration& platform = configuration.platform;
  const bool sodium = platform.suite == 1;
  const auto good = sodium ? is_sodium_key : is_sm2_key;
  const auto* expected =
      sodium ? "64 hexadecimal digits, or \"\" for none" : "130 hexadecimal digits (suite 2), or \"\" for none";
  section.line("office_key", configuration.office_key, good, expected);
  section.line("office_key_next", platform.next_office_key, good, expected);
  std::string from;
  section.line("office_key_next_from", from, is_date, "the day from which the next key is used, such as \"2027-01-31\"");
  platform.next_office_key_from = date_of(from);
  if (platform.next_office_key.empty() == platform.next_office_key_from.has_value())
    section.complain("office_key_next", "and office_key_next_from belong together; one of them is missing");
}

void read_platform(ConfigurationSection section, Configuration& configuration) {
  PlatformConfiguration& platform = configuration.platform;
  section.line("url", configuration.platform_url, is_url,
               "https://… without / at its end, http://… only to this machine itself, or \"\" for none");
  section.whole("suite", platform.suite, 1, 2);
  read_office_keys(section, configuration);
  section.path("device_key", platform.device_key, is_pem_path, kFile);
  std::string answer_keys;
  section.line("answer_key", answer_keys, is_answer_key, "64 hexadecimal digits, two such keys separated by ;, or \"\" for none");
  for (std::size_t at = 0; at < answer_keys.size(); at += 65) platform.answer_keys.push_back(answer_keys.substr(at, 64));
  section.path("ca", platform.ca, is_pem_path, kFile);
  section.path("certificate", platform.certificate, is_pem_path, kFile);
  section.path("certificate_key", platform.certificate_key, is_pem_path, kFile);
  section.line("pins", platform.pins, is_pins, "\"sha256//…=\", two such pins separated by ;, or \"\" for none");
  section.line("proxy", platform.proxy, is_proxy, "http://ADDRESS:PORT, or \"\" for none");
  if (configuration.platform_url.starts_with("https://") && platform.ca.empty())
    section.complain("ca", "is missing; an https address needs the file of the CA that the platform's certificate comes from");
  if (platform.certificate.empty() != platform.certificate_key.empty())
    section.complain("certificate", "and certificate_key belong together; one of them is missing");
  section.finish();
}

void read_staff(ConfigurationSection section, Configuration& configuration) {
  section.line("pin_hash", configuration.staff_pin_hash, is_pin_hash, "what `linli-kiosk hash-pin` printed, or \"\" for none");
  section.finish();
  configuration.hall.staff_page = !configuration.staff_pin_hash.empty();
}

void read_voice(ConfigurationSection section, VoiceConfiguration& voice) {
  section.line("loudspeaker", voice.loudspeaker, is_line, "the name of a sound device, or \"\" for the usual one");
  section.line("headset", voice.headset, is_line, "the name of a sound device, or \"\" for the usual one");
  section.line("headset_jack", voice.headset_jack, is_jack, "an input device such as \"/dev/input/event4\", or \"\" for none");
  section.whole("scan_seconds", voice.scan_seconds, 0, 8);
  section.finish();
}

void read_keys(ConfigurationSection section, VoiceConfiguration& voice) {
  for (const std::string_view name : kKeyNames) {
    std::vector<int> usages;
    section.wholes(name, usages, 0x04, 0xE7);
    if (!usages.empty()) voice.keys.emplace(name, std::move(usages));
  }
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
  read("camera", "camera_port", configuration.camera);
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
  read_staff({top.table("staff"), "staff", complaint}, configuration);
  read_voice({top.table("voice"), "voice", complaint}, configuration.voice);
  read_keys({top.table("keys"), "keys", complaint}, configuration.voice);
  read_devices({top.table("devices"), "devices", complaint}, configuration);
  read_control({top.table("control"), "control", complaint}, configuration.control);
  top.finish();
  if (complaint.first) return Error{Failure::config_invalid, *complaint.first};
  std::error_code error;
  const fs::path folder = fs::absolute(file, error).parent_path();
  configuration.data = (folder / data).lexically_normal();
  PlatformConfiguration& platform = configuration.platform;
  for (fs::path* each : {&platform.device_key, &platform.ca, &platform.certificate, &platform.certificate_key})
    if (!each->empty()) *each = (folder / *each).lexically_normal();
  return configuration;
}

}  // namespace kiosk
