// A hall to try the kiosk in: simulated devices behind the real drivers, and the reference platform as a process. The dock
// shows it and acts on it. Everything but the received lines belongs to the drawing thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "hal/printer/printer_profile.h"
#include "hal/simulated/camera_model.h"
#include "hal/simulated/escpos_machine.h"
#include "hal/simulated/serial_scanner.h"
#include "kiosk/app/asset_paths.h"
#include "kiosk/app/demo_reader.h"
#include "kiosk/app/gateway_child.h"
#include "kiosk/app/kiosk.h"
#include "kiosk/app/options.h"
#include "ui/dock/dock_model.h"

namespace kiosk {

class DemoHall {
 public:
  // `on_change` is called from any thread when the dock has something new to show.
  static base::Result<std::unique_ptr<DemoHall>> create(const DemoOptions& options, const AssetPaths& assets,
                                                        std::chrono::year_month_day today, std::function<void()> on_change);

  static Hall demo_hall();

  // The real drivers and courier over this hall's devices; they may outlive it.
  Wiring wiring(const base::Clock& clock, base::Random& random) const;

  void act(const ui::DockAction& action);
  const ui::DockModel& model();  // brought up to date
  // The card with this id of hal::personas; nothing when there is none.
  std::optional<std::size_t> card(const std::string& id) const;

  const Hall& hall() const { return hall_; }
  const hal::EscposMachine& printer() const { return *printer_; }
  hal::CameraModel& camera() { return *camera_; }
  GatewayChild& platform() { return *platform_; }

 private:
  DemoHall(const DemoOptions& options, AssetPaths assets, std::chrono::year_month_day today, std::function<void()> on_change);
  base::Status enrol() const;
  base::Status open_platform(bool online, bool tls);
  void received(std::string line);

  void on(const ui::LayCard& action);
  void on(const ui::LiftCard&);
  void on(const ui::ShowCode& action);
  void on(const ui::LoadPaper& action);
  void on(const ui::CloseCover& action);
  void on(const ui::PlugReader& action);
  void on(const ui::PlugScanner& action);
  void on(const ui::PlugPrinter& action);
  void on(const ui::PlugCamera& action);
  void on(const ui::LayDocument& action);
  void on(const ui::SwitchNetwork& action);
  void on(const ui::PlugHeadset& action) { model_.headset_plugged = action.plugged; }

  AssetPaths assets_;
  std::filesystem::path data_;
  Hall hall_;
  hal::PrinterProfile profile_;
  std::unique_ptr<DemoReader> reader_;
  std::shared_ptr<hal::SerialScanner> scanner_;
  std::shared_ptr<hal::EscposMachine> printer_;
  std::shared_ptr<hal::CameraModel> camera_;
  std::function<void()> on_change_;
  std::mutex received_mutex_;
  std::deque<std::string> received_;  // newest first
  ui::DockModel model_;
  std::unique_ptr<GatewayChild> platform_;  // last: its thread reports into the above
};

}  // namespace kiosk
