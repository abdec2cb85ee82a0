#include "kiosk/app/terminal_window.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace kiosk {
namespace {

constexpr int kDockWidth = 440;  // pixels
constexpr std::string_view kStages[] = {"welcome", "identify", "services", "not_eligible", "question",
                                        "check",   "saving",   "receipt",  "take_card",    "wiped"};

// The largest box of the panel's shape inside `area`, in its middle.
ui::Box fitted(const ui::Box& area, const PanelConfiguration& panel) {
  const double scale = std::min(static_cast<double>(area.w) / panel.width_px, static_cast<double>(area.h) / panel.height_px);
  const int width = static_cast<int>(panel.width_px * scale);
  const int height = static_cast<int>(panel.height_px * scale);
  return {area.x + (area.w - width) / 2, area.y + (area.h - height) / 2, width, height};
}

void add_nodes(nlohmann::json& nodes, const ui::SemanticTree& tree, const ui::Box& place) {
  for (const auto& node : tree.nodes()) {
    const bool open = node.privacy == ui::Privacy::open;
    nodes.push_back({{"id", node.id},
                     {"label", open ? node.label : "…"},
                     {"value", open ? node.value : "…"},
                     {"pressable", node.interactive() && !node.disabled},
                     {"box", {node.box.x + place.x, node.box.y + place.y, node.box.w, node.box.h}}});
  }
}

}  // namespace

TerminalWindow::TerminalWindow(ui::Window& window, Kiosk& kiosk, const Furnishings& furnishings, DemoHall* hall,
                               const WindowPlan& plan)
    : window_(window),
      kiosk_(kiosk),
      hall_(hall),
      plan_(plan),
      screen_(*furnishings.typesetter, furnishings.translations, plan.panel.width_mm) {
  screen_.mount(plan.panel.mounting_mm);
  if (hall != nullptr) dock_ = std::make_unique<ui::Dock>(*furnishings.typesetter, furnishings.translations);
}

TerminalWindow::Places TerminalWindow::places(const ui::Surface& surface) const {
  const int dock = dock_ ? std::min(kDockWidth, surface.width() / 2) : 0;
  return {fitted({0, 0, surface.width() - dock, surface.height()}, plan_.panel),
          {surface.width() - dock, 0, dock, surface.height()}};
}

void TerminalWindow::run() {
  repaint();
  while (true) {
    draw();
    const auto patience = std::chrono::ceil<std::chrono::milliseconds>(kiosk_.deadline() - kiosk_.moment().instant);
    const ui::WindowInput input = window_.wait(patience);
    if (input.closed) return;
    if (input.repaint) repaint();
    for (const auto& pointer : input.pointer) take(pointer);
    kiosk_.handle_waiting();
    if (kiosk_.take_forget()) screen_.forget();
  }
}

void TerminalWindow::take(const ui::PointerTransition& pointer) {
  // A contact belongs to the side it went down on until it lifts.
  if (pointer.down && !contact_down_) contact_on_dock_ = dock_ && places_.dock.contains(pointer.x, pointer.y);
  contact_down_ = pointer.down;
  const ui::Box& place = contact_on_dock_ ? places_.dock : places_.kiosk;
  const ui::PointerTransition local{pointer.x - place.x, pointer.y - place.y, pointer.down};
  if (!contact_on_dock_) {
    for (auto& event : screen_.handle(local, kiosk_.visit(), kiosk_.moment())) kiosk_.handle(std::move(event));
  } else if (auto action = dock_->handle(local, place.w, place.h, hall_->model(), kiosk_.visit().state().language)) {
    hall_->act(*action);
  }
}

void TerminalWindow::repaint() {
  ui::Surface surface = window_.surface();
  places_ = places(surface);
  for (int y = 0; y < surface.height(); ++y) std::fill_n(surface.row(y), surface.width(), 0U);
  screen_.resize(places_.kiosk.w, places_.kiosk.h);
  screen_.repaint();
  if (dock_) dock_->forget_picture();
  window_.present(std::vector{surface.box()});
}

void TerminalWindow::draw() {
  ui::Surface surface = window_.surface();
  std::vector<ui::Box> changed;
  const auto add = [&](const std::vector<ui::Box>& boxes, const ui::Box& place) {
    for (const auto& box : boxes) changed.push_back({box.x + place.x, box.y + place.y, box.w, box.h});
  };
  ui::Surface kiosk_part = surface.part(places_.kiosk);
  add(screen_.draw(kiosk_part, kiosk_.visit(), kiosk_.moment()), places_.kiosk);
  if (dock_) {
    ui::Surface dock_part = surface.part(places_.dock);
    add(dock_->draw(dock_part, hall_->model(), kiosk_.visit().state().language), places_.dock);
  }
  window_.present(changed);
  if (plan_.print_tree && !changed.empty()) print_tree();
}

void TerminalWindow::print_tree() const {
  nlohmann::json nodes = nlohmann::json::array();
  add_nodes(nodes, screen_.tree(), places_.kiosk);
  if (dock_) add_nodes(nodes, dock_->tree(), places_.dock);
  const auto stage = static_cast<std::size_t>(kiosk_.visit().state().stage);
  std::cout << nlohmann::json{{"stage", kStages[stage]}, {"nodes", std::move(nodes)}}.dump() << std::endl;
}

}  // namespace kiosk
