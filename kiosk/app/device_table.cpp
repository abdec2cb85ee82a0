#include "kiosk/app/device_table.h"

#include "base/log.h"
#include "hal/absent/absent_camera.h"
#include "hal/absent/absent_card_reader.h"
#include "hal/absent/absent_code_scanner.h"
#include "hal/absent/absent_printer.h"
#include "hal/registry/driver_table.h"

namespace kiosk {
namespace {

using hal::DeviceClass;

hal::DriverContext context_for(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock) {
  return {clock, [&clock] { return local_moment(clock).date; }, assets.fonts_conf().string(),
          assets.printer_profile(configuration.printer_profile)};
}

// Null when the device is absent or could not be made; the log says why.
template <class Device, class Make, class Sink>
std::unique_ptr<Device> make_device(DeviceClass device_class, const DeviceConfiguration& wanted,
                                    const hal::DriverContext& context, const Sink& sink) {
  const auto placement = hal::place(device_class, wanted.driver, wanted.port);
  if (!placement) return base::log::failure(placement.error()), nullptr;
  if (placement->driver == nullptr) return nullptr;
  auto device = std::get<Make>(placement->driver->make)(placement->connection, context, sink);
  if (!device) return base::log::failure(device.error()), nullptr;
  return *std::move(device);
}

DevicePlace place_of(DeviceClass device_class, const DeviceConfiguration& wanted, hal::Device& device) {
  const bool absent = wanted.driver == "absent";
  return {std::string(name_of(device_class)), wanted.driver, absent ? std::string() : wanted.port, &device};
}

}  // namespace

base::Status check_devices(const Configuration& configuration) {
  for (const auto& [device_class, wanted] : {std::pair(DeviceClass::card_reader, &configuration.card_reader),
                                             {DeviceClass::code_scanner, &configuration.code_scanner},
                                             {DeviceClass::printer, &configuration.printer},
                                             {DeviceClass::camera, &configuration.camera}})
    if (auto place = hal::place(device_class, wanted->driver, wanted->port); !place) return place.error();
  return {};
}

Devices make_devices(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock, const Sinks& sinks) {
  const auto context = context_for(configuration, assets, clock);
  Devices made;
  made.card_reader = make_device<hal::CardReader, hal::MakeCardReader>(DeviceClass::card_reader, configuration.card_reader,
                                                                       context, sinks.cards);
  if (!made.card_reader) made.card_reader = std::make_unique<hal::AbsentCardReader>(sinks.cards);
  made.code_scanner = make_device<hal::CodeScanner, hal::MakeCodeScanner>(DeviceClass::code_scanner, configuration.code_scanner,
                                                                          context, sinks.codes);
  if (!made.code_scanner) made.code_scanner = hal::make_absent_code_scanner(sinks.codes);
  made.printer = make_device<hal::Printer, hal::MakePrinter>(DeviceClass::printer, configuration.printer, context, sinks.papers);
  if (!made.printer) made.printer = hal::make_absent_printer(sinks.papers);
  made.camera = make_device<hal::Camera, hal::MakeCamera>(DeviceClass::camera, configuration.camera, context, sinks.pictures);
  if (!made.camera) made.camera = hal::make_absent_camera(sinks.pictures);
  made.places = {place_of(DeviceClass::card_reader, configuration.card_reader, *made.card_reader),
                 place_of(DeviceClass::code_scanner, configuration.code_scanner, *made.code_scanner),
                 place_of(DeviceClass::printer, configuration.printer, *made.printer),
                 place_of(DeviceClass::camera, configuration.camera, *made.camera)};
  return made;
}

}  // namespace kiosk
