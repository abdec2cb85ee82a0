// What is plugged into this machine, which driver would take each thing and why, and what keeps the kiosk from opening it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace linlictl {

// [{"port":"usb:1-1.2","subsystem":"hidraw","node":"/dev/hidraw0","id":"0c2e:0b01","name":"Honeywell
// 1900","device":"code_scanner", "driver":"hid-pos","reason":"…","permission":"missing","grant":"…"},…]. Without a driver,
// `reason` says why. `permission` is "given" or "missing" for `user`, the account the kiosk runs as; `grant` names the rule that
// would give it, or what else would. Nothing is opened.
nlohmann::json connected_devices(const std::string& user);

// The account of the installed service, else one's own.
std::string usual_user();

}  // namespace linlictl
