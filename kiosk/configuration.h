// kiosk.toml. An unknown key, a wrong type or a value out of range is refused with file, line and what is expected.
// assets/kiosk.toml is an example that explains every key.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kiosk/visit.h"

namespace kiosk {

struct PanelConfiguration {
  double width_mm = 268.0;  // active area, portrait: 21.5″ by default (4.03 px/mm at 1080)
  int width_px = 1080;
  int height_px = 1920;    // landscape when smaller than width_px
  double mounting_mm = 0;  // of the active area's lower edge above the floor; 0 = not known: no low layout is offered
};

// Which driver, and where the device is; what may stand here is the business of the hardware layer's driver table.
struct DeviceConfiguration {
  std::string driver = "absent";
  std::string port = "simulated";
};

// Who may ask the running kiosk, and where (kiosk/app/control/).
struct ControlConfiguration {
  std::filesystem::path socket;  // empty: control.sock in systemd's runtime directory, else in the data folder
  std::string group;             // may use it besides the kiosk's own user; empty: nobody
};

// How the platform is reached and believed, beside its address and the office's key. Paths are absolute after loading.
struct PlatformConfiguration {
  int suite = 1;                                                // 1 libsodium, 2 SM2/SM3/SM4; decides the form of the keys
  std::string next_office_key;                                  // empty = none announced
  std::optional<std::chrono::sys_days> next_office_key_from{};  // present when there is a next key
  std::filesystem::path device_key;                             // empty = made in the data folder, or systemd's credential
  std::vector<std::string> answer_keys;                         // none = receipts need not be signed
  std::filesystem::path ca;                                     // present when the address is https
  std::filesystem::path certificate, certificate_key;           // both or neither
  std::string pins;                                             // one or two, separated by ';'
  std::string proxy;
};

// How the terminal is heard, and what keys it has.
struct VoiceConfiguration {
  std::string loudspeaker;   // name of the sound device; empty = the system's default
  std::string headset;       // likewise
  std::string headset_jack;  // input device that tells of the plug, "/dev/input/by-path/…-event"; empty = none
  int scan_seconds = 0;      // with one switch the focus moves by itself; 0 = it does not
  std::map<std::string, std::vector<int>, std::less<>> keys;  // names of key_names.h → HID usages, instead of the usual
};

struct Configuration {
  Hall hall;
  PanelConfiguration panel;
  std::filesystem::path data;  // folder of the queue; made when missing, mode 0700. Absolute after loading
  std::string platform_url;    // "http://127.0.0.1:8790"; empty = never online
  std::string office_key;      // hex of the office's public key, as the suite has it; empty = nothing can be saved
  PlatformConfiguration platform;
  std::string staff_pin_hash;  // of `linli-kiosk hash-pin`; empty = the staff's page is not offered
  VoiceConfiguration voice;
  DeviceConfiguration card_reader;
  DeviceConfiguration code_scanner;
  DeviceConfiguration printer;
  DeviceConfiguration camera;
  std::string printer_profile = "generic-80mm";  // a file in assets/printers/
  ControlConfiguration control;
};

// config_unreadable (no file, no TOML) or config_invalid, with "FILE:LINE: [section] key: what is expected". A relative
// `data` is meant from the file's folder.
base::Result<Configuration> load_configuration(const std::filesystem::path& file);

}  // namespace kiosk
