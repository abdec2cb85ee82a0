#include "kiosk/app/demo_hall.h"

#include <array>
#include <utility>

#include "base/files.h"
#include "base/log.h"
#include "hal/camera/camera_thread.h"
#include "hal/printer/escpos_printer.h"
#include "hal/scanner/serial_scanner.h"
#include "hal/simulated/simulated_transport.h"
#include "kiosk/app/office_connection.h"
#include "offline_cache/courier/queue_courier.h"
#include "offline_cache/sealing/device_key.h"

namespace kiosk {
namespace {

constexpr std::size_t kReceivedKept = 20;

// What people hold before the scanner; the last is what they hold there by mistake.
struct Code {
  const char* text;
  const char* zh;
  const char* en;
};
constexpr std::array kCodes{Code{"linli:HP-03:7K4-29M-6", "回执", "A receipt"}, Code{"A017", "排队号", "A queue ticket"},
                            Code{"2026112300017", "预约号", "An appointment"},
                            Code{"https://pay.example/000000", "付款码", "A payment code"}};

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
  hall.staff_page = true;
  return hall;
}

DemoHall::DemoHall(const DemoOptions& options, AssetPaths assets, std::chrono::year_month_day today,
                   std::function<void()> on_change)
    : assets_(std::move(assets)),
      data_(options.data),
      hall_(demo_hall()),
      reader_(make_demo_reader(options.reader, today)),
      scanner_(std::make_shared<hal::SerialScanner>()),
      printer_(std::make_shared<hal::EscposMachine>(receipt_printer())),
      camera_(std::make_shared<hal::CameraModel>(hal::CameraModel::kDocumentWidth, hal::CameraModel::kDocumentHeight)),
      on_change_(std::move(on_change)) {
  hall_.default_language = options.language;
  model_.cards = reader_->cards();
  for (const auto& code : kCodes) model_.codes.push_back({code.text, LocalText({{"zh", code.zh}, {"en", code.en}})});
}

base::Result<std::unique_ptr<DemoHall>> DemoHall::create(const DemoOptions& options, const AssetPaths& assets,
                                                         std::chrono::year_month_day today, std::function<void()> on_change) {
  std::unique_ptr<DemoHall> hall(new DemoHall(options, assets, today, std::move(on_change)));
  auto profile = hal::load_printer_profile(assets.printer_profile("epson-tm-80mm"));
  if (!profile) return profile.error();
  hall->profile_ = *std::move(profile);
  if (auto opened = hall->open_platform(!options.offline, options.tls); !opened) return opened.error();
  return hall;
}

// The platform gets to know this machine's key, as an operator does it with `linli-kiosk identity`.
base::Status DemoHall::enrol() const {
  const auto key = offline_cache::DeviceKey::load_or_create(offline_cache::DeviceKey::usual_place(data_ / "queue", 1), 1);
  if (!key) return key.error();
  std::error_code ignored;
  std::filesystem::create_directories(data_ / "platform" / "devices", ignored);
  return base::write_file(data_ / "platform" / "devices" / (hall_.terminal + ".pub"), key->public_line() + "\n");
}

base::Status DemoHall::open_platform(bool online, bool tls) {
  if (auto enrolled = enrol(); !enrolled) return enrolled;
  auto platform =
      GatewayChild::create(data_ / "platform", assets_.services(), tls, [this](std::string line) { received(std::move(line)); });
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
    devices.card_reader = reader_->make(clock, sinks.cards);
    devices.code_scanner = hal::make_serial_scanner(hal::make_simulated_transport(scanner_), clock, sinks.codes);
    devices.printer = hal::make_escpos_printer(hal::make_simulated_transport(printer_), clock, profile_,
                                               assets_.fonts_conf().string(), sinks.papers);
    devices.camera = hal::make_camera(hal::make_simulated_transport(camera_), sinks.pictures);
    offline_cache::CourierConfiguration configuration;
    configuration.data_folder = data_ / "queue";
    configuration.terminal = hall_.terminal;
    configuration.fleet_spread = {};
    platform_->describe(configuration);
    connect_office(devices, std::move(configuration), {}, clock, random, sinks);
    devices.places = {{"card_reader", reader_->driver(), "simulated", devices.card_reader.get()},
                      {"code_scanner", "serial-scanner", "simulated", devices.code_scanner.get()},
                      {"printer", "escpos", "simulated", devices.printer.get()},
                      {"camera", "document-camera", "simulated", devices.camera.get()}};
    return devices;
  };
}

void DemoHall::act(const ui::DockAction& action) {
  std::visit([this](const auto& each) { on(each); }, action);
}

void DemoHall::on(const ui::LayCard& action) {
  if (action.card >= model_.cards.size()) return;
  reader_->lay(action.card);
  model_.laid = action.card;
}

void DemoHall::on(const ui::LiftCard&) {
  reader_->lift();
  model_.laid.reset();
}

void DemoHall::on(const ui::ShowCode& action) {
  if (action.code < kCodes.size()) scanner_->show(kCodes.at(action.code).text);
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
  reader_->plug(action.plugged);
  model_.reader_plugged = action.plugged;
}

void DemoHall::on(const ui::PlugScanner& action) {
  action.plugged ? scanner_->plug() : scanner_->unplug();
  model_.scanner_plugged = action.plugged;
}

void DemoHall::on(const ui::PlugPrinter& action) {
  action.plugged ? printer_->plug() : printer_->unplug();
  model_.printer_plugged = action.plugged;
}

void DemoHall::on(const ui::PlugCamera& action) {
  action.plugged ? camera_->plug() : camera_->unplug();
  model_.camera_plugged = action.plugged;
}

void DemoHall::on(const ui::LayDocument& action) {
  action.page > 0 ? camera_->lay(action.page) : camera_->take_away();
  model_.document_lies = action.page > 0;
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
  for (std::size_t i = 0; i < model_.cards.size(); ++i)
    if (model_.cards[i].id == id) return i;
  return std::nullopt;
}

}  // namespace kiosk
