#include "kiosk/app/terminal_window.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/files.h"
#include "base/log.h"
#include "base/remains.h"

namespace kiosk {
namespace {

constexpr int kDockWidth = 440;  // pixels
constexpr std::chrono::milliseconds kAskForSurface{1'000};
constexpr std::string_view kStages[] = {"welcome", "identify", "services", "not_eligible", "question",  "check", "saving",
                                        "receipt", "status",   "windows",  "ticket",       "take_card", "wiped"};
static_assert(std::size(kStages) == static_cast<std::size_t>(Stage::wiped) + 1);

// The largest box of the panel's shape inside `area`, in its middle.
ui::Box fitted(const ui::Box& area, const PanelConfiguration& panel) {
  const double scale = std::min(static_cast<double>(area.w) / panel.width_px, static_cast<double>(area.h) / panel.height_px);
  const int width = static_cast<int>(panel.width_px * scale);
  const int height = static_cast<int>(panel.height_px * scale);
  return {area.x + (area.w - width) / 2, area.y + (area.h - height) / 2, width, height};
}

void add_nodes(nlohmann::json& nodes, const ui::SemanticTree& tree, const ui::Box& place, const std::string& focus = {}) {
  for (const auto& node : tree.nodes()) {
    const bool open = node.privacy == ui::Privacy::open;
    nodes.push_back({{"id", node.id},
                     {"label", open ? node.label : "…"},
                     {"value", open ? node.value : "…"},
                     {"pressable", node.interactive() && !node.disabled},
                     {"focused", node.id == focus},
                     {"pressed", node.pressed},
                     {"box", {node.box.x + place.x, node.box.y + place.y, node.box.w, node.box.h}}});
  }
}

ui::SpeakerParts speaker_parts(const AssetPaths& assets, const Translations& translations, const VoiceConfiguration& voice) {
  const auto file = base::read_file(assets.lexicon(), ui::kLargestLexicon);
  auto lexicon = file ? ui::Lexicon::read(*file) : base::Result<ui::Lexicon>(file.error());
  if (!lexicon) base::log::failure(lexicon.error());
  return {ui::make_sdl_sound({voice.loudspeaker, voice.headset}), ui::Clips(assets.sounds(), translations),
          std::move(lexicon).value_or({}), ui::Synthesizer()};
}

ui::KeyMap key_map(const VoiceConfiguration& voice) {
  ui::KeyMap map;
  for (const auto& [name, usages] : voice.keys) {
    const auto key = ui::key_of_name(name);
    if (!key) continue;
    map.clear(*key);
    for (const int usage : usages)
      if (const auto status = map.set(*key, usage); !status) base::log::failure(status.error());
  }
  return map;
}

}  // namespace

TerminalWindow::TerminalWindow(ui::Window& window, Kiosk& kiosk, const Furnishings& furnishings, DemoHall* hall,
                               const WindowPlan& plan)
    : window_(window),
      kiosk_(kiosk),
      hall_(hall),
      plan_(plan),
      screen_(*furnishings.typesetter, furnishings.translations, plan.panel.width_mm),
      keys_(key_map(plan.voice)),
      scan_(std::chrono::seconds{plan.voice.scan_seconds}),
      speaker_(speaker_parts(installed_assets(), furnishings.translations, plan.voice), [&window] { window.wake(); }),
      voice_(furnishings.translations, speaker_) {
  screen_.mount(plan.panel.mounting_mm);
  if (!plan.voice.headset_jack.empty())
    jack_ =
        std::make_unique<HeadsetJack>(plan.voice.headset_jack, [&kiosk](bool plugged) { kiosk.post(HeadsetChanged{plugged}); });
  if (hall != nullptr) dock_ = std::make_unique<ui::Dock>(*furnishings.typesetter, furnishings.translations);
}

// A display that was turned is the same panel on its side. A demo keeps its shape in whatever window it gets.
PanelConfiguration TerminalWindow::panel_on(const ui::Surface& surface) const {
  PanelConfiguration panel = plan_.panel;
  if (hall_ != nullptr || (surface.width() > surface.height()) == (panel.width_px > panel.height_px)) return panel;
  panel.width_mm = panel.width_mm * panel.height_px / panel.width_px;
  std::swap(panel.width_px, panel.height_px);
  return panel;
}

TerminalWindow::Places TerminalWindow::places(const ui::Surface& surface) const {
  const int dock = dock_ ? std::min(kDockWidth, surface.width() / 2) : 0;
  return {fitted({0, 0, surface.width() - dock, surface.height()}, panel_on(surface)),
          {surface.width() - dock, 0, dock, surface.height()}};
}

void TerminalWindow::run(SignsOfLife& signs) {
  repaint();
  while (true) {
    caption();
    if (unpainted_) repaint();
    draw();
    speak();
    signs.turned();
    auto due = kiosk_.deadline();
    const auto look = unpainted_ ? std::nullopt : screen_.deadline();
    for (const auto other : {scan_.deadline(), signs.deadline(), look}) due = std::min(due, other.value_or(due));
    const auto patience = std::chrono::ceil<std::chrono::milliseconds>(due - kiosk_.moment().instant);
    const ui::WindowInput input = window_.wait(unpainted_ ? std::min(patience, kAskForSurface) : patience);
    if (input.closed) return;
    if (input.repaint) repaint();
    tell(OwnPart::touch, input.touch_needs_a_look ? std::optional(base::Failure::touch_stuck) : std::nullopt);
    tell(OwnPart::sound, speaker_.failure());
    take(input.pointer);
    for (const auto& press : input.keys)
      if (const auto key = ui::key_pressed(keys_, press)) take(*key);
    scan();
    kiosk_.handle_waiting();
    if (!kiosk_.take_forget()) continue;
    screen_.forget();
    voice_.forget();
    scan_.stop();
    base::forget_dead_stack();
    printed_ = voice_.logged();
  }
}

void TerminalWindow::take(ui::Key key) {
  if (key == ui::Key::move || key == ui::Key::select) scan_.switch_pressed(kiosk_.moment().instant);
  if (screen_.show_press(key, kiosk_.visit(), kiosk_.moment())) draw();
  for (auto& event : screen_.take(key, kiosk_.visit(), kiosk_.moment())) kiosk_.handle(std::move(event));
  page_name_ = screen_.page();
  if (const auto pressed = screen_.take_voice_key())
    voice_.obey(*pressed, picture(), kiosk_.visit().state());
  else
    voice_.key(key, picture(), kiosk_.visit().state());
}

void TerminalWindow::scan() {
  if (scan_.step(kiosk_.moment().instant, speaking_ && !voice_.held())) screen_.scan_on(kiosk_.visit(), kiosk_.moment());
}

void TerminalWindow::tell(OwnPart part, std::optional<base::Failure> failure) {
  const VisitState& state = kiosk_.visit().state();
  if ((part == OwnPart::touch ? state.touch : state.sound) == failure) return;
  if (failure && part == OwnPart::touch) base::log::failure({*failure, {}});  // the speaker tells itself what is missing
  kiosk_.handle(OwnPartIs{part, failure});
}

ui::Picture TerminalWindow::picture() const {
  return {screen_.tree(), page_name_, screen_.focus(), kiosk_.visit().state().language};
}

// What is said stands on the screen; while it is said, no time counts.
void TerminalWindow::caption() {
  const auto now = voice_.speaking();
  screen_.set_caption(now ? now->text : std::string(), voice_.held());
  if (now.has_value() == speaking_) return;
  speaking_ = now.has_value();
  kiosk_.handle(Speaking{speaking_});
}

void TerminalWindow::speak() {
  page_name_ = screen_.page();
  voice_.look(picture(), kiosk_.visit().state());
  if (plan_.print_tree) print_speech();
}

void TerminalWindow::print_speech() {
  const auto& log = voice_.log();
  const std::size_t fresh = std::min(voice_.logged() - printed_, log.size());
  printed_ = voice_.logged();
  for (auto entry = log.end() - static_cast<std::ptrdiff_t>(fresh); entry != log.end(); ++entry) {
    const bool open = entry->sentence.privacy == ui::Privacy::open;
    std::cout << nlohmann::json{{"says", open ? entry->sentence.text : "…"},
                                {"language", entry->sentence.language},
                                {"channel", entry->channel == ui::Channel::headset ? "headset" : "loudspeaker"}}
                     .dump()
              << std::endl;
  }
}

// What went down is seen before it lifts, also when both came together.
void TerminalWindow::take(std::span<const ui::PointerTransition> transitions) {
  bool unseen = false;
  for (const auto& pointer : transitions) {
    if (!pointer.down && unseen) draw();
    unseen = pointer.down && (unseen || !contact_down_);
    take(pointer);
  }
}

void TerminalWindow::take(const ui::PointerTransition& pointer) {
  // A contact belongs to the side it went down on until it lifts.
  if (pointer.down && !contact_down_) contact_on_dock_ = dock_ && places_.dock.contains(pointer.x, pointer.y);
  contact_down_ = pointer.down;
  const ui::Box& place = contact_on_dock_ ? places_.dock : places_.kiosk;
  const ui::PointerTransition local{pointer.x - place.x, pointer.y - place.y, pointer.down};
  if (!contact_on_dock_) {
    voice_.contact(pointer.down, screen_.spares_voice(local));
    for (auto& event : screen_.handle(local, kiosk_.visit(), kiosk_.moment())) kiosk_.handle(std::move(event));
    page_name_ = screen_.page();
    if (const auto key = screen_.take_voice_key()) voice_.obey(*key, picture(), kiosk_.visit().state());
  } else if (auto action = dock_->handle(local, place.w, place.h, hall_->model(), kiosk_.visit().state().language)) {
    hall_->act(*action);
    if (const auto* headset = std::get_if<ui::PlugHeadset>(&*action)) kiosk_.handle(HeadsetChanged{headset->plugged});
  }
}

void TerminalWindow::repaint() {
  ui::Surface surface = window_.surface();
  const bool failed_before = std::exchange(unpainted_, surface.box().empty());
  if (unpainted_ && !failed_before) base::log::failure({base::Failure::screen_unavailable, "the window has no surface"});
  if (unpainted_) return;
  places_ = places(surface);
  for (int y = 0; y < surface.height(); ++y) std::fill_n(surface.row(y), surface.width(), 0U);
  screen_.resize(places_.kiosk.w, places_.kiosk.h, panel_on(surface).width_mm);
  screen_.repaint();
  if (dock_) dock_->forget_picture();
  window_.present(std::vector{surface.box()});
}

void TerminalWindow::draw() {
  ui::Surface surface = window_.surface();
  if (surface.box().empty()) return repaint();  // says so
  if (unpainted_) return;
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
  add_nodes(nodes, screen_.tree(), places_.kiosk, screen_.focus());
  if (dock_) add_nodes(nodes, dock_->tree(), places_.dock);
  const auto stage = static_cast<std::size_t>(kiosk_.visit().state().stage);
  const ui::Box whole = window_.surface().box();
  std::cout << nlohmann::json{{"stage", kStages[stage]}, {"size", {whole.w, whole.h}}, {"nodes", std::move(nodes)}}.dump()
            << std::endl;
}

}  // namespace kiosk
