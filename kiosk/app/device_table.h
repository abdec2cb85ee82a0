// The devices that a configuration names, made by the drivers of hal/registry/driver_table.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "hal/card_reader.h"
#include "hal/printer.h"
#include "kiosk/app/asset_paths.h"
#include "kiosk/configuration.h"

namespace kiosk {

// config_invalid, naming the known ones, when the configuration asks for another.
base::Status check_devices(const Configuration& configuration);

std::unique_ptr<hal::CardReader> make_card_reader(const Configuration& configuration, const AssetPaths& assets,
                                                  const base::Clock& clock, hal::CardReaderSink sink);
std::unique_ptr<hal::Printer> make_printer(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock,
                                           hal::PrinterSink sink);

}  // namespace kiosk
