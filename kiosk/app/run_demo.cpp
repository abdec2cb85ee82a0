#include <algorithm>

#include "kiosk/app/commands.h"
#include "kiosk/app/control/control_path.h"
#include "kiosk/app/control_desk.h"
#include "kiosk/app/terminal_window.h"

namespace kiosk {
namespace {

constexpr int kDockRoom = 440;  // pixels
constexpr std::string_view kDemoPin = "2468";
constexpr int kWindowBars = 60;  // pixels of title bar and margin

PanelConfiguration panel_of(const DemoOptions& options) {
  PanelConfiguration panel;
  panel.mounting_mm = 720;
  if (options.landscape) panel = {476.0, 1920, 1080, 850};
  return panel;
}

// As large as the display allows, never larger than the panel itself; exactly the panel when it stands alone.
ui::Box window_of(const DemoOptions& options, const PanelConfiguration& panel, const ui::Box& display) {
  if (!options.dock) return {0, 0, panel.width_px, panel.height_px};
  const double scale = std::min({1.0, static_cast<double>(display.h - kWindowBars) / panel.height_px,
                                 static_cast<double>(display.w - kDockRoom) / panel.width_px});
  return {0, 0, static_cast<int>(panel.width_px * scale) + kDockRoom, static_cast<int>(panel.height_px * scale)};
}

}  // namespace

base::Status run_demo(const DemoOptions& options) {
  auto furnishings = load_furnishings(installed_assets());
  if (!furnishings) return furnishings.error();
  const WindowPlan plan{panel_of(options), {}, options.print_tree};
  auto window = ui::Window::open_fitted("Linli", [&](const ui::Box& display) { return window_of(options, plan.panel, display); });
  if (!window) return window.error();
  const auto wake = [opened = window->get()] { opened->wake(); };

  const base::SystemClock clock;
  base::SystemRandom random;
  auto hall = DemoHall::create(options, installed_assets(), local_moment(clock).date, wake);
  if (!hall) return hall.error();
  auto pin = StaffPin::hash_pin(base::Secret(kDemoPin));
  if (!pin) return pin.error();
  StaffPin staff_pin(*pin, options.data / "staff-tries", clock);
  Kiosk kiosk({(*hall)->hall(), furnishings->services, furnishings->translations, clock, random, &staff_pin},
              (*hall)->wiring(clock, random), wake);
  kiosk.handle(SetTextStep{static_cast<TextStep>(options.size - 1)});
  const auto control = open_control_desk(kiosk, control_path({}, options.data));
  SignsOfLife signs(clock, [&kiosk](auto answered) { kiosk.ping_courier(std::move(answered)); });
  TerminalWindow(**window, kiosk, *furnishings, options.dock ? hall->get() : nullptr, plan).run(signs);
  return {};
}

}  // namespace kiosk
