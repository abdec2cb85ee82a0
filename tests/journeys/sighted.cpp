#include "tests/journeys/sighted.h"

#include <algorithm>
#include <cmath>

namespace journeys {
namespace {

using kiosk::Overlay;
using kiosk::Stage;

constexpr int kMostSteps = 300;  // of one visit
constexpr int kMostMoves = 80;   // of one page
constexpr int kMostTries = 12;   // at one target

// 0 = black, 1 = white (ITU-R BT.709).
double brightness(ui::Pixel pixel) {
  const auto part = [pixel](int shift) { return static_cast<double>(pixel >> shift & 0xFFU) / 255.0; };
  return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
}

}  // namespace

const ui::SemanticNode* Sighted::see(const std::string& id) {
  journey_.kiosk().handle_waiting();
  journey_.player().draw();
  return journey_.screen().tree().by_id(id);
}

bool Sighted::offers(const std::string& id) {
  const ui::SemanticNode* node = see(id);
  return node != nullptr && looks_open(*node);
}

bool Sighted::chooses(const std::string& id) {
  story_ += " " + id;
  return choose(id);
}

std::string Sighted::first_open_choice() {
  see({});
  for (const ui::SemanticNode& node : journey_.screen().tree().nodes())
    if (node.role == ui::Role::choice && !looks_chosen(node)) return node.id;
  return {};
}

// What was typed by a slip.
bool Sighted::wipes_entry() {
  const auto left = [this] { return journey_.state().session ? journey_.state().session->digits.reveal().size() : 0; };
  for (std::size_t had = left(); had > 0; had = left()) {
    if (!chooses(offers("digit/clear") ? "digit/clear" : "digit/erase")) return false;
    if (left() >= had) return true;  // another slip: look again
  }
  return true;
}

bool Sighted::types() {
  const bool asks_day = journey_.sees("day?");
  const auto day = fitting_day(journey_.state(), journey_.sees("Since"));
  const std::string number = asks_day                    ? std::to_string(static_cast<int>(day.year()))
                             : journey_.sees("How much") ? "500"
                                                         : "13800138000";
  if (!wipes_entry()) return false;
  for (const char digit : number)
    if (const std::string id = std::string("digit/") + digit; !offers(id) || !chooses(id)) return offers("digit/erase");
  if (!asks_day) return true;
  for (const unsigned part : {static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())})
    if (const std::string id = "digit/number-" + std::to_string(part); !offers(id) || !chooses(id)) return offers("digit/erase");
  return true;
}

// One more answer, or a part of it; false when nothing on the page can be chosen.
bool Sighted::answers() {
  if (const std::string open = first_open_choice(); !open.empty()) return chooses(open);
  return offers("staff") ? chooses("staff") : types();
}

bool Sighted::leaves_overlay() {
  for (const char* id : {"still-here", "keep", "next", "back"})
    if (offers(id)) return chooses(id);
  return false;
}

// The service, the category that has it, or out of another one.
std::string Sighted::way_to(const std::string& service) {
  if (offers("service/" + service)) return "service/" + service;
  const auto& services = journey_.furnishings().services;
  const kiosk::Category wanted = std::ranges::find(services, service, &kiosk::ServiceDefinition::id)->category;
  for (const auto& [name, category] : kiosk::kCategories)
    if (const std::string id = "category/" + std::string(name); category == wanted && offers(id)) return id;
  const auto& in = journey_.state().session->category;
  return in && *in != wanted ? "back" : "more";
}

bool Sighted::does_next_step(const std::string& service) {
  const kiosk::VisitState& state = journey_.state();
  if (state.overlay != Overlay::none || offers("keep")) return leaves_overlay();
  switch (state.stage) {
    case Stage::welcome:
      return chooses("browse");
    case Stage::services:
      return chooses(way_to(service));
    case Stage::identify:
      journey_.lay("eighty_five");
      return journey_.wait_for([](const kiosk::VisitState& now) { return now.stage != Stage::identify; });
    case Stage::question:
      return offers("next") ? chooses("next") : answers();
    case Stage::saving:
      return journey_.wait_for([](const kiosk::VisitState& now) { return now.stage != Stage::saving; });
    case Stage::receipt:
      receipt_ = receipt_ || (state.session->service != nullptr && state.session->service->id == service);
      return journey_.wait_for([](const kiosk::VisitState& now) {
        return !now.session || now.session->print > kiosk::PrintProgress::printing;
      }) && chooses("next");
    case Stage::take_card:
      journey_.lift();
      return journey_.wait_for([](const kiosk::VisitState& now) { return now.stage != Stage::take_card; });
    case Stage::status:
    case Stage::windows:  // a slip
    case Stage::ticket:
    case Stage::not_eligible:
      return chooses(offers("back") ? "back" : "next");
    case Stage::check:
      return chooses("next");
    case Stage::wiped:
      break;
  }
  return false;
}

bool Sighted::finishes(const std::string& service) {
  for (int step = 0; step < kMostSteps; ++step) {
    see({});
    story_ += "\n" + journey_.screen().page() + ":";
    if (journey_.state().stage == Stage::wiped) return receipt_;
    if (!does_next_step(service)) return false;
  }
  return false;
}

bool SwitchUser::choose(const std::string& id) {
  for (int i = 0; i < kMostMoves; ++i) {
    keys_.press(ui::Key::move);
    if (keys_.screen().focus() != id) continue;
    keys_.press(ui::Key::select);
    return true;
  }
  return false;
}

int TremblingHand::off() {
  const ui::Kit& kit = journey_.screen().kit();
  return static_cast<int>(std::lround(spread_(random_) * kit.px(100.0) / 100.0));
}

void TremblingHand::touch(const ui::Box& box) {
  const auto place = [&](int from, int length) { return from + length / 2 + off(); };
  std::vector<ui::PointerTransition> heard;
  contact_.down(1, place(box.x, box.w), place(box.y, box.h), now_, heard);
  for (int i = 0; i < 6; ++i) {
    now_ += std::chrono::milliseconds{30};
    contact_.move(1, place(box.x, box.w), place(box.y, box.h), now_, heard);
  }
  now_ += std::chrono::milliseconds{30};
  contact_.up(1, place(box.x, box.w), place(box.y, box.h), now_, heard);
  now_ += std::chrono::seconds{2};
  kiosk::Moment moment = journey_.kiosk().moment();
  moment.instant += now_;
  for (const ui::PointerTransition& each : heard)
    for (auto& event : journey_.screen().handle(each, journey_.kiosk().visit(), moment))
      journey_.kiosk().handle(std::move(event));
  journey_.skip({});
}

bool TremblingHand::choose(const std::string& id) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    const ui::SemanticNode* node = see(id);
    if (node == nullptr) return true;  // something has happened
    const std::string before = journey_.screen().page() + journey_.screen().tree().to_json(true).dump();
    touch(node->box);
    see(id);
    if (journey_.screen().page() + journey_.screen().tree().to_json(true).dump() != before) return true;
  }
  return false;
}

double GreyEyes::dark_share(const ui::Box& box) const {
  long dark = 0;
  for (int y = box.y; y < box.bottom(); ++y)
    dark += std::count_if(journey_.picture().row(y) + box.x, journey_.picture().row(y) + box.right(),
                          [](ui::Pixel pixel) { return brightness(pixel) < 0.4; });
  return static_cast<double>(dark) / (static_cast<double>(box.w) * box.h);
}

// What leads on has a dark face while it can be pressed.
bool GreyEyes::looks_open(const ui::SemanticNode& node) { return node.id != "next" || dark_share(node.box) > 0.5; }

// The mark at the left is an empty ring or box, or a dark disc with a tick.
bool GreyEyes::looks_chosen(const ui::SemanticNode& node) {
  const ui::Kit& kit = journey_.screen().kit();
  const int size = kit.px(kit.measures().radio);
  return dark_share({node.box.x + kit.px(7.0), node.box.y + (node.box.h - size) / 2, size, size}) > 0.4;
}

bool SlowResident::choose(const std::string& id) {
  const bool begun = journey_.state().stage != Stage::welcome;
  for (int i = 0; i < 10 && begun; ++i) {
    journey_.skip(std::chrono::seconds{30});
    if (journey_.state().overlay != Overlay::still_there) continue;
    ++asked_;
    journey_.skip(std::chrono::seconds{30});
    if (!journey_.player().press("still-here")) return false;
  }
  return journey_.player().press(id);
}

}  // namespace journeys
