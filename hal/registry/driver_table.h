// Every driver there is, one row each. Adding a device is one file with its driver and one row here; configuration,
// `linlictl devices`, `linli-devices` and the contract test of all drivers take it from this table.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/result.h"
#include "hal/camera.h"
#include "hal/card_reader.h"
#include "hal/code_scanner.h"
#include "hal/printer.h"
#include "hal/registry/recognition.h"
#include "hal/simulated/device_model.h"
#include "hal/transport/byte_transport.h"
#include "hal/transport/port_address.h"

namespace hal {

// What a driver may need besides its port; all of it outlives the device.
struct DriverContext {
  const base::Clock& clock;
  TodayProvider today;
  std::string fonts_conf;                 // printers draw with it
  std::filesystem::path printer_profile;  // a file of assets/printers
};

// How to reach a device: a port, and when that is "simulated" the model behind it.
struct Connection {
  PortAddress port;
  std::shared_ptr<DeviceModel> model;
};

using MakeCardReader = base::Result<std::unique_ptr<CardReader>> (*)(const Connection&, const DriverContext&, CardReaderSink);
using MakeCodeScanner = base::Result<std::unique_ptr<CodeScanner>> (*)(const Connection&, const DriverContext&, CodeScannerSink);
using MakePrinter = base::Result<std::unique_ptr<Printer>> (*)(const Connection&, const DriverContext&, PrinterSink);
using MakeCamera = base::Result<std::unique_ptr<Camera>> (*)(const Connection&, const DriverContext&, CameraSink);

enum class DeviceClass : std::uint8_t { card_reader, code_scanner, printer, camera };
std::string_view name_of(DeviceClass device_class);  // "card_reader": the key in kiosk.toml

struct Driver {
  std::string_view name;    // in kiosk.toml: "sdt"
  std::string_view serves;  // one line for people: "ID-card readers with a security module (GA/T 467)"
  std::span<const PortKind> ports;
  std::variant<MakeCardReader, MakeCodeScanner, MakePrinter, MakeCamera> make;  // the alternative is the device's class
  std::shared_ptr<DeviceModel> (*make_model)();
  Recognise recognise;  // among what is plugged in

  DeviceClass device_class() const { return static_cast<DeviceClass>(make.index()); }
  bool takes(PortKind port) const;
};

std::span<const Driver> drivers();
std::string_view name_of(PortKind port);                                     // "usb"
const Driver* find_driver(DeviceClass device_class, std::string_view name);  // null: none of that name

// The named driver at the port in words, with a model of its own when that is "simulated"; "absent" is a driver without a
// port. config_invalid naming the known drivers, device_port_invalid naming the ports this one takes.
struct Placement {
  const Driver* driver = nullptr;  // null: absent
  Connection connection;
};
base::Result<Placement> place(DeviceClass device_class, std::string_view driver, std::string_view port);

}  // namespace hal
