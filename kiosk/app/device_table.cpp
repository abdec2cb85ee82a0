#include "kiosk/app/device_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/log.h"
#include "hal/absent/absent_card_reader.h"
#include "hal/absent/absent_printer.h"
#include "hal/id_card/sdt_card_reader.h"
#include "hal/printer/escpos_printer.h"
#include "hal/simulated/escpos_machine.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/simulated_transport.h"
#include "kiosk/app/kiosk.h"

namespace kiosk {
namespace {

struct ReaderRow {
  std::string_view name;
  std::unique_ptr<hal::CardReader> (*make)(const base::Clock&, hal::CardReaderSink);
};

constexpr std::array kReaders{
    ReaderRow{"absent",
              [](const base::Clock&, hal::CardReaderSink sink) -> std::unique_ptr<hal::CardReader> {
                return std::make_unique<hal::AbsentCardReader>(std::move(sink));
              }},
    ReaderRow{"simulated",
              [](const base::Clock& clock, hal::CardReaderSink sink) -> std::unique_ptr<hal::CardReader> {
                return hal::make_sdt_card_reader(
                    hal::make_simulated_transport(std::make_shared<hal::SamModule>()), clock,
                    [&clock] { return local_moment(clock).date; }, std::move(sink));
              }},
};

struct PrinterRow {
  std::string_view name;
  std::unique_ptr<hal::TransportFactory> (*connect)();  // null: there is no printer
};

constexpr std::array kPrinters{
    PrinterRow{"absent", nullptr},
    PrinterRow{"simulated", [] { return hal::make_simulated_transport(std::make_shared<hal::EscposMachine>()); }},
};

template <class Rows>
auto find(const Rows& rows, std::string_view name) {
  return std::find_if(rows.begin(), rows.end(), [name](const auto& row) { return row.name == name; });
}

template <class Rows>
base::Status check(const Rows& rows, std::string_view key, std::string_view name) {
  if (find(rows, name) != rows.end()) return {};
  std::string known;
  for (const auto& row : rows) known += fmt::format(" \"{}\"", row.name);
  return base::Error{base::Failure::config_invalid, fmt::format("devices.{} = \"{}\": expected one of{}", key, name, known)};
}

}  // namespace

base::Status check_devices(const Configuration& configuration) {
  if (auto readers = check(kReaders, "card_reader", configuration.card_reader); !readers) return readers;
  return check(kPrinters, "printer", configuration.printer);
}

std::unique_ptr<hal::CardReader> make_card_reader(const Configuration& configuration, const base::Clock& clock,
                                                  hal::CardReaderSink sink) {
  return find(kReaders, configuration.card_reader)->make(clock, std::move(sink));
}

std::unique_ptr<hal::Printer> make_printer(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock,
                                           hal::PrinterSink sink) {
  const auto row = find(kPrinters, configuration.printer);
  if (row->connect == nullptr) return hal::make_absent_printer(std::move(sink));
  auto profile = hal::load_printer_profile(assets.printer_profile(configuration.printer_profile));
  if (!profile) {
    base::log::failure(profile.error());
    return hal::make_absent_printer(std::move(sink));
  }
  return hal::make_escpos_printer(row->connect(), clock, *std::move(profile), assets.fonts_conf().string(), std::move(sink));
}

}  // namespace kiosk
