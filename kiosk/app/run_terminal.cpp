#include "base/remains.h"
#include "kiosk/app/commands.h"
#include "kiosk/app/control/control_path.h"
#include "kiosk/app/control_desk.h"
#include "kiosk/app/courier_configuration.h"
#include "kiosk/app/device_table.h"
#include "kiosk/app/kept_key.h"
#include "kiosk/app/office_connection.h"
#include "kiosk/app/terminal_window.h"

namespace kiosk {

base::Status run_terminal(const std::filesystem::path& file, bool print_tree) {
  base::forbid_dumps();
  auto configuration = load_configuration(file);
  if (!configuration) return configuration.error();
  if (auto devices = check_devices(*configuration); !devices) return devices;
  const AssetPaths assets = installed_assets();
  auto furnishings = load_furnishings(assets);
  if (!furnishings) return furnishings.error();
  const auto& panel = configuration->panel;
  auto window = ui::Window::open("Linli", panel.width_px, panel.height_px, ui::WindowMode::fullscreen);
  if (!window) return window.error();

  const base::SystemClock clock;
  base::SystemRandom random;
  const Wiring wiring = [&](const Sinks& sinks) {
    Devices devices = make_devices(*configuration, assets, clock, sinks);
    auto courier = courier_configuration(*configuration);
    courier.chain_key = kept_chain_key(random);
    connect_office(devices, std::move(courier), furnishings->services, clock, random, sinks);
    return devices;
  };
  StaffPin staff_pin(configuration->staff_pin_hash, configuration->data / "staff-tries", clock);
  Kiosk kiosk({configuration->hall, furnishings->services, furnishings->translations, clock, random, &staff_pin}, wiring,
              [opened = window->get()] { opened->wake(); });
  const auto control =
      open_control_desk(kiosk, control_path(configuration->control.socket, configuration->data), configuration->control.group);
  SignsOfLife signs(clock, [&kiosk](auto answered) { kiosk.ping_courier(std::move(answered)); });
  TerminalWindow(**window, kiosk, *furnishings, nullptr, {panel, configuration->voice, print_tree}).run(signs);
  return {};
}

}  // namespace kiosk
