#include "kiosk/app/demo_hall.h"

#include <utility>

#include "base/log.h"
#include "hal/id_card/sdt_card_reader.h"
#include "hal/printer/escpos_printer.h"
#include "hal/scanner/serial_scanner.h"
#include "hal/simulated/simulated_transport.h"
#include "offline_cache/courier/queue_courier.h"

namespace kiosk {
namespace {

constexpr std::size_t kReceivedKept = 20;

// A printer at the speed of a real one (performance facts §5: 200 mm/s at 8 dots/mm).
hal::EscposMachineType receipt_printer() {
  hal::EscposMachineType type;
  type.rows_per_second = 1600;
  return type;
}

}  // namespace

Hall DemoHall::demo_hall() {
  Hall hall;
  hall.name_zh = "和平社区便民服务大厅";
  hall.name_en = "Heping Community Hall";
  hall.terminal = "HP-03";
  hall.hotline = "12345";
  return hall;
}

DemoHall::DemoHall(const DemoOptions& options, AssetPaths assets, std::chrono::year_month_day today,
                   std::function<void()> on_change)
    : assets_(std::move(assets)),
      data_(options.data),
      hall_(demo_hall()),
      personas_(hal::personas(today)),
      reader_(std::make_shared<hal::SamModule>()),
      scanner_(std::make_shared<hal::SerialScanner>()),
      printer_(std::make_shared<hal::EscposMachine>(receipt_printer())),
      on_change_(std::move(on_change)) {
  hall_.default_language = options.language;
  for (const auto& persona : personas_)
    model_.cards.push_back({persona.id, LocalText({{"zh", persona.label_zh}, {"en", persona.label_en}})});
}

base::Result<std::unique_ptr<DemoHall>> DemoHall::create(const DemoOptions& options, const AssetPaths& assets,
                                                         std::chrono::year_month_day today, std::function<void()> on_change) {
  std::unique_ptr<DemoHall> hall(new DemoHall(options, assets, today, std::move(on_change)));
  auto profile = hal::load_printer_profile(assets.printer_profile("epson-tm-80mm"));
  if (!profile) return profile.error();
  hall->profile_ = *std::move(profile);
  if (auto opened = hall->open_platform(!options.offline); !opened) return opened.error();
  return hall;
}

base::Status DemoHall::open_platform(bool online) {
  auto platform =
      GatewayChild::create(data_ / "platform", assets_.services(), [this](std::string line) { received(std::move(line)); });
  if (!platform) return platform.error();
  platform_ = *std::move(platform);
  model_.network_on = online;
  return platform_->switch_on(online);
}

void DemoHall::received(std::string line) {
  {
    const std::lock_guard lock(received_mutex_);
    received_.push_front(std::move(line));
    if (received_.size() > kReceivedKept) received_.pop_back();
  }
  on_change_();
}

Wiring DemoHall::wiring(const base::Clock& clock, base::Random& random) const {
  return [this, &clock, &random](const Sinks& sinks) {
    Devices devices;
    devices.card_reader = hal::make_sdt_card_reader(
        hal::make_simulated_transport(reader_), clock, [&clock] { return local_moment(clock).date; }, sinks.cards);
    devices.code_scanner = hal::make_serial_scanner(hal::make_simulated_transport(scanner_), clock, sinks.codes);
    devices.printer = hal::make_escpos_printer(hal::make_simulated_transport(printer_), clock, profile_,
                                               assets_.fonts_conf().string(), sinks.papers);
    devices.courier = offline_cache::make_queue_courier(
        {data_ / "queue", platform_->url(), platform_->office_key(), hall_.terminal, {}, {}}, clock, random, sinks.answers);
    devices.places = {{"card_reader", "sdt", "simulated", devices.card_reader.get()},
                      {"code_scanner", "serial-scanner", "simulated", devices.code_scanner.get()},
                      {"printer", "escpos", "simulated", devices.printer.get()}};
    return devices;
  };
}

void DemoHall::act(const ui::DockAction& action) {
  std::visit([this](const auto& each) { on(each); }, action);
}

void DemoHall::on(const ui::LayCard& action) {
  if (action.card >= personas_.size()) return;
  reader_->lay_card(personas_[action.card].text);
  model_.laid = action.card;
}

void DemoHall::on(const ui::LiftCard&) {
  reader_->lift_card();
  model_.laid.reset();
}

void DemoHall::on(const ui::LoadPaper& action) {
  action.loaded ? printer_->end(hal::PrinterTrouble::paper_out) : printer_->begin(hal::PrinterTrouble::paper_out);
  model_.paper_loaded = action.loaded;
}

void DemoHall::on(const ui::CloseCover& action) {
  action.closed ? printer_->end(hal::PrinterTrouble::cover_open) : printer_->begin(hal::PrinterTrouble::cover_open);
  model_.cover_closed = action.closed;
}

void DemoHall::on(const ui::PlugReader& action) {
  action.plugged ? reader_->plug() : reader_->unplug();
  model_.reader_plugged = action.plugged;
}

void DemoHall::on(const ui::PlugPrinter& action) {
  action.plugged ? printer_->plug() : printer_->unplug();
  model_.printer_plugged = action.plugged;
}

void DemoHall::on(const ui::SwitchNetwork& action) {
  if (auto switched = platform_->switch_on(action.on); !switched) base::log::failure(switched.error());
  model_.network_on = platform_->is_on();
}

const ui::DockModel& DemoHall::model() {
  model_.tickets = printer_->tickets();
  const std::lock_guard lock(received_mutex_);
  model_.received.assign(received_.begin(), received_.end());
  return model_;
}

std::optional<std::size_t> DemoHall::card(const std::string& id) const {
  for (std::size_t i = 0; i < personas_.size(); ++i)
    if (personas_[i].id == id) return i;
  return std::nullopt;
}

}  // namespace kiosk
