// What staff may know of the devices: which driver has each, how it is, what it has done. Kept from the same events that the
// visit gets; asked through the control socket. On the kiosk's thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>
#include <vector>

#include "hal/device.h"
#include "kiosk/app/control/control_call.h"
#include "kiosk/event.h"

namespace kiosk {

// A device, and where the configuration says it is.
struct DevicePlace {
  std::string name;               // as in kiosk.toml: "card_reader"
  std::string driver;             // "sdt"; "absent"
  std::string port;               // "usb:1-1.2"; empty when absent
  hal::Device* device = nullptr;  // null: a part of the terminal itself, without a driver
};

// One row of what list() answers.
nlohmann::json described(const DevicePlace& place, const hal::DeviceHealth& health);

class DeviceBoard {
 public:
  // The devices outlive the board.
  explicit DeviceBoard(const std::vector<DevicePlace>& places);
  ~DeviceBoard();
  DeviceBoard(DeviceBoard&&) = delete;
  DeviceBoard& operator=(DeviceBoard&&) = delete;

  void note(const Event& event);

  // {"devices":[{"device":"printer","driver":"escpos","port":"usb","state":"online","failure":"PRINT-002","advice":"Load …",
  // "identity":"…","supply":"low","media":"none","statistics":{"jobs":3,…}}]}; failure and advice only while there is one.
  void list(ControlCall call);
  // The same, then {"device":{…}} for each device whenever its health changes.
  void watch(ControlCall call);
  // "device" and "level"; answered by {"passed":true,"details":"…","device":{…}} when the check has ended. An interactive one
  // is refused while a resident is here.
  void check(ControlCall call, bool resident_is_here);

 private:
  struct Row;
  Row* find(const std::string& name);
  void on(Row& row, const hal::DeviceHealth& health);
  void on(Row& row, const hal::HealthChecked& checked);

  std::vector<Row> rows_;
  std::vector<ControlCall> watchers_;
};

}  // namespace kiosk
