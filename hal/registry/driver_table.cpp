#include "hal/registry/driver_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "hal/camera/camera_scanner.h"
#include "hal/id_card/sdt_card_reader.h"
#include "hal/id_card/sdt_serial_transport.h"
#include "hal/id_card/sdt_usb_transport.h"
#include "hal/pcsc/pcsc_card_reader.h"
#include "hal/pcsc/pcsclite_system.h"
#include "hal/printer/escpos_printer.h"
#include "hal/printer/escpos_serial_transport.h"
#include "hal/printer/usb_printers.h"
#include "hal/scanner/hid_pos_scanner.h"
#include "hal/scanner/known_scanners.h"
#include "hal/scanner/serial_scanner.h"
#include "hal/scanner/wedge_scanner.h"
#include "hal/simulated/camera_model.h"
#include "hal/simulated/escpos_machine.h"
#include "hal/simulated/hid_pos_scanner.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/serial_scanner.h"
#include "hal/simulated/simulated_card_service.h"
#include "hal/simulated/simulated_transport.h"
#include "hal/simulated/smart_card_model.h"
#include "hal/simulated/wedge_scanner.h"
#include "hal/transport/evdev/evdev_transport.h"
#include "hal/transport/hidraw/hidraw_transport.h"
#include "hal/transport/make_transport.h"
#include "hal/transport/serial/serial_transport.h"
#include "hal/transport/v4l2/v4l2_transport.h"

namespace hal {
namespace {

using enum PortKind;

// To the model where there is one, else by the transport that `real` makes of the address.
template <class Real>
std::unique_ptr<TransportFactory> connect(const Connection& connection, const Real& real) {
  return connection.model ? make_simulated_transport(connection.model) : real(connection.port);
}

template <class Model>
std::shared_ptr<DeviceModel> model() {
  return std::make_shared<Model>();
}

base::Result<std::unique_ptr<CardReader>> make_sdt(const Connection& connection, const DriverContext& context,
                                                   CardReaderSink sink) {
  auto transports = connect(connection, [&](const PortAddress& port) {
    return port.kind == usb ? make_sdt_usb_transport(port.where) : make_sdt_serial_transport(port, context.clock);
  });
  return make_sdt_card_reader(std::move(transports), context.clock, context.today, std::move(sink));
}

base::Result<std::unique_ptr<CardReader>> make_pcsc(const Connection& connection, const DriverContext& context,
                                                    CardReaderSink sink) {
  auto system = connection.port.kind == simulated
                    ? make_simulated_smart_card_system(std::dynamic_pointer_cast<SmartCardModel>(connection.model))
                    : make_pcsclite_system(connection.port.where);
  return make_pcsc_card_reader(std::move(system), context.clock, context.today, std::move(sink));
}

base::Result<std::unique_ptr<CodeScanner>> make_hid_pos(const Connection& connection, const DriverContext& context,
                                                        CodeScannerSink sink) {
  auto transports =
      connect(connection, [](const PortAddress& port) { return make_hidraw_transport(hid_pos_scanners(port.where)); });
  return make_hid_pos_scanner(std::move(transports), context.clock, std::move(sink));
}

base::Result<std::unique_ptr<CodeScanner>> make_serial(const Connection& connection, const DriverContext& context,
                                                       CodeScannerSink sink) {
  auto transports = connect(connection, [](const PortAddress& port) { return make_serial_transport(port); });
  return make_serial_scanner(std::move(transports), context.clock, std::move(sink));
}

base::Result<std::unique_ptr<CodeScanner>> make_wedge(const Connection& connection, const DriverContext& context,
                                                      CodeScannerSink sink) {
  auto transports = connect(connection, [](const PortAddress& port) { return make_evdev_transport(wedge_scanners(port.where)); });
  return make_wedge_scanner(std::move(transports), context.clock, std::move(sink));
}

base::Result<std::unique_ptr<CodeScanner>> make_code_camera(const Connection& connection, const DriverContext& context,
                                                            CodeScannerSink sink) {
  auto transports = connect(connection, [](const PortAddress& port) { return make_v4l2_transport(port.where); });
  return make_camera_scanner(std::move(transports), frame_decoder_program(), context.clock, std::move(sink));
}

base::Result<std::unique_ptr<Camera>> make_document_camera(const Connection& connection, const DriverContext&, CameraSink sink) {
  auto transports = connect(connection, [](const PortAddress& port) { return make_v4l2_transport(port.where, kDocumentFrames); });
  return make_camera(std::move(transports), std::move(sink));
}

std::shared_ptr<DeviceModel> document_camera_model() {
  return std::make_shared<CameraModel>(CameraModel::kDocumentWidth, CameraModel::kDocumentHeight);
}

// The code camera's row speaks for every camera: which of the two work one is for, nobody can see from outside.
std::string recognise_document_camera(const Sighting&) { return {}; }

base::Result<std::unique_ptr<Printer>> make_escpos(const Connection& connection, const DriverContext& context, PrinterSink sink) {
  auto profile = load_printer_profile(context.printer_profile);
  if (!profile) return profile.error();
  auto transports = connect(connection, [&](const PortAddress& port) {
    return port.kind == serial ? make_escpos_serial_transport(port, *profile)
                               : make_transport(port, usb_receipt_printers(port.where));
  });
  return make_escpos_printer(std::move(transports), context.clock, *std::move(profile), context.fonts_conf, std::move(sink));
}

constexpr std::array kSdtPorts{usb, serial, simulated};
constexpr std::array kPcscPorts{pcsc, simulated};
constexpr std::array kHidPosPorts{usb, simulated};
constexpr std::array kSerialScannerPorts{serial, simulated};
constexpr std::array kWedgePorts{evdev, simulated};
constexpr std::array kCameraPorts{video, simulated};
constexpr std::array kEscposPorts{usb, serial, tcp, simulated};

constexpr std::array kDrivers{
    Driver{"sdt", "readers of resident ID cards with a security module (GA/T 467)", kSdtPorts, make_sdt, model<SamModule>,
           recognise_sdt},
    Driver{"pcsc", "social-security cards and eIDs in PC/SC readers", kPcscPorts, make_pcsc, model<SmartCardModel>,
           recognise_pcsc},
    Driver{"hid-pos", "code scanners in HID POS mode", kHidPosPorts, make_hid_pos, model<HidPosScanner>, recognise_hid_pos},
    Driver{"serial-scanner", "code scanners on a serial line or as CDC-ACM", kSerialScannerPorts, make_serial,
           model<SerialScanner>, recognise_serial_scanner},
    Driver{"keyboard-wedge", "code scanners that are keyboards, grabbed", kWedgePorts, make_wedge, model<WedgeScanner>,
           recognise_wedge},
    Driver{"camera", "cameras that look for QR codes", kCameraPorts, make_code_camera, model<CameraModel>, recognise_camera},
    Driver{"document-camera", "cameras that photograph documents", kCameraPorts, make_document_camera, document_camera_model,
           recognise_document_camera},
    Driver{"escpos", "receipt printers that speak ESC/POS", kEscposPorts, make_escpos, model<EscposMachine>, recognise_escpos},
};

constexpr std::array<std::string_view, 4> kClasses{"card_reader", "code_scanner", "printer", "camera"};
constexpr std::array<std::string_view, 7> kPortNames{"usb", "serial", "tcp", "evdev", "pcsc", "video", "simulated"};

}  // namespace

std::string_view name_of(PortKind port) { return kPortNames.at(static_cast<std::size_t>(port)); }

namespace {

std::vector<std::string_view> names_of(DeviceClass device_class) {
  std::vector<std::string_view> names{"absent"};
  for (const auto& driver : kDrivers)
    if (driver.device_class() == device_class) names.push_back(driver.name);
  return names;
}

std::vector<std::string_view> names_of(std::span<const PortKind> ports) {
  std::vector<std::string_view> names;
  for (const auto port : ports) names.push_back(name_of(port));
  return names;
}

}  // namespace

std::string_view name_of(DeviceClass device_class) { return kClasses.at(static_cast<std::size_t>(device_class)); }

bool Driver::takes(PortKind port) const { return std::ranges::find(ports, port) != ports.end(); }

std::span<const Driver> drivers() { return kDrivers; }

const Driver* find_driver(DeviceClass device_class, std::string_view name) {
  const auto found = std::ranges::find_if(
      kDrivers, [&](const Driver& driver) { return driver.device_class() == device_class && driver.name == name; });
  return found == kDrivers.end() ? nullptr : &*found;
}

base::Result<Placement> place(DeviceClass device_class, std::string_view driver, std::string_view port) {
  Placement placement;
  if (driver == "absent") return placement;
  placement.driver = find_driver(device_class, driver);
  if (placement.driver == nullptr)
    return base::Error{base::Failure::config_invalid,
                       fmt::format("devices.{} = \"{}\": expected one of {}", name_of(device_class), driver,
                                   fmt::join(names_of(device_class), ", "))};
  auto address = parse_port_address(port);
  if (!address) return address.error();
  if (!placement.driver->takes(address->kind))
    return base::Error{base::Failure::device_port_invalid,
                       fmt::format("devices.{}_port = \"{}\": \"{}\" takes {}", name_of(device_class), port, driver,
                                   fmt::join(names_of(placement.driver->ports), ", "))};
  placement.connection.port = *std::move(address);
  if (placement.connection.port.kind == simulated) placement.connection.model = placement.driver->make_model();
  return placement;
}

}  // namespace hal
