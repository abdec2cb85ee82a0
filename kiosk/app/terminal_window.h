// A kiosk in a window: sleeps until something happens, lets the visit decide, draws what changed. With a hall, the device
// dock stands beside it.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "kiosk/app/demo_hall.h"
#include "kiosk/app/furnishings.h"
#include "kiosk/app/headset_jack.h"
#include "kiosk/app/kiosk.h"
#include "kiosk/app/signs_of_life.h"
#include "kiosk/configuration.h"
#include "ui/dock/dock.h"
#include "ui/input/auto_scan.h"
#include "ui/screens/kiosk_screen.h"
#include "ui/speech/voice.h"
#include "ui/window.h"

namespace kiosk {

struct WindowPlan {
  PanelConfiguration panel;
  VoiceConfiguration voice;
  bool print_tree = false;  // the semantic tree of every new picture, and what is said, on standard output, a JSON line each
};

class TerminalWindow {
 public:
  // All outlive the window; `hall` may be null.
  TerminalWindow(ui::Window& window, Kiosk& kiosk, const Furnishings& furnishings, DemoHall* hall, const WindowPlan& plan);

  void run(SignsOfLife& signs);  // until the window is closed

 private:
  struct Places {
    ui::Box kiosk, dock;
  };
  PanelConfiguration panel_on(const ui::Surface& surface) const;
  Places places(const ui::Surface& surface) const;
  void take(std::span<const ui::PointerTransition> transitions);
  void take(const ui::PointerTransition& pointer);
  void take(ui::Key key);
  void scan();
  void tell(OwnPart part, std::optional<base::Failure> failure);
  void caption();
  void speak();
  ui::Picture picture() const;
  void repaint();
  void draw();
  void print_tree() const;
  void print_speech();

  ui::Window& window_;
  Kiosk& kiosk_;
  DemoHall* hall_;
  WindowPlan plan_;
  ui::KioskScreen screen_;
  ui::KeyMap keys_;
  ui::AutoScan scan_;
  ui::Speaker speaker_;
  ui::Voice voice_;
  std::unique_ptr<HeadsetJack> jack_;
  std::string page_name_;
  bool speaking_ = false;
  std::size_t printed_ = 0;  // sentences
  std::unique_ptr<ui::Dock> dock_;
  Places places_;
  bool unpainted_ = false;  // the window had no surface
  bool contact_on_dock_ = false;
  bool contact_down_ = false;
};

}  // namespace kiosk
