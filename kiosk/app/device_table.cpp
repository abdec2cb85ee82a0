#include "kiosk/app/device_table.h"

#include "base/log.h"
#include "hal/absent/absent_card_reader.h"
#include "hal/absent/absent_printer.h"
#include "hal/registry/driver_table.h"
#include "kiosk/app/kiosk.h"

namespace kiosk {
namespace {

hal::DriverContext context_for(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock) {
  return {clock, [&clock] { return local_moment(clock).date; }, assets.fonts_conf().string(),
          assets.printer_profile(configuration.printer_profile)};
}

// Null when the device is absent or could not be made; the log says why.
template <class Device, class Make, class Sink>
std::unique_ptr<Device> make_device(hal::DeviceClass device_class, const DeviceConfiguration& wanted,
                                    const hal::DriverContext& context, const Sink& sink) {
  const auto placement = hal::place(device_class, wanted.driver, wanted.port);
  if (!placement) return base::log::failure(placement.error()), nullptr;
  if (placement->driver == nullptr) return nullptr;
  auto device = std::get<Make>(placement->driver->make)(placement->connection, context, sink);
  if (!device) return base::log::failure(device.error()), nullptr;
  return *std::move(device);
}

}  // namespace

base::Status check_devices(const Configuration& configuration) {
  const auto& reader = configuration.card_reader;
  if (auto place = hal::place(hal::DeviceClass::card_reader, reader.driver, reader.port); !place) return place.error();
  const auto& printer = configuration.printer;
  if (auto place = hal::place(hal::DeviceClass::printer, printer.driver, printer.port); !place) return place.error();
  return {};
}

std::unique_ptr<hal::CardReader> make_card_reader(const Configuration& configuration, const AssetPaths& assets,
                                                  const base::Clock& clock, hal::CardReaderSink sink) {
  const auto context = context_for(configuration, assets, clock);
  auto reader =
      make_device<hal::CardReader, hal::MakeCardReader>(hal::DeviceClass::card_reader, configuration.card_reader, context, sink);
  if (reader == nullptr) return std::make_unique<hal::AbsentCardReader>(std::move(sink));
  return reader;
}

std::unique_ptr<hal::Printer> make_printer(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock,
                                           hal::PrinterSink sink) {
  const auto context = context_for(configuration, assets, clock);
  auto printer = make_device<hal::Printer, hal::MakePrinter>(hal::DeviceClass::printer, configuration.printer, context, sink);
  if (printer == nullptr) return hal::make_absent_printer(std::move(sink));
  return printer;
}

}  // namespace kiosk
