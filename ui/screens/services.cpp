#include <algorithm>
#include <array>

#include "kiosk/masking.h"
#include "ui/screens/screens.h"
#include "ui/screens/tiles.h"

namespace ui {
namespace {

constexpr std::size_t kFewServices = 5;  // one below the other, with room for long names
constexpr int kMostColumns = 4;
constexpr std::array kGrounds{theme::kJade, theme::kSky, theme::kPlum, theme::kEarth, theme::kSlate};

void add_greeting(Page& page, Flow& flow) {
  const hal::Person* person = page.visit.person();
  if (person == nullptr) return;
  Notice greeting;
  greeting.id = "greeting";
  greeting.icon = "account-circle";
  const auto& name = person->name.empty() ? person->latin_name : person->name;
  greeting.title = filled(page.words.text("Hello, {name}"), {{"name", kiosk::masked_name(name.reveal())}});
  greeting.text = filled(page.words.text("ID card {number}. Cleared when you leave."),
                         {{"number", kiosk::masked_number(person->id_number.reveal())}});
  greeting.privacy = Privacy::masked;
  add_notice(page, flow, greeting);
}

bool offers_numbers(const VisitView& visit) {
  return std::any_of(visit.services.begin(), visit.services.end(),
                     [](const auto& service) { return service.ticket.has_value(); });
}

std::vector<TileAct> service_tiles(Page& page) {
  std::vector<TileAct> tiles;
  for (const kiosk::ServiceDefinition& service : page.visit.services) {
    if (service.ticket) continue;
    std::string hint = page.words.local(service.summary);
    if (service.needs_card && page.visit.person() == nullptr) hint += "\n" + page.words.text("ID card needed");
    const Tone ground = kGrounds[tiles.size() % kGrounds.size()];
    tiles.push_back({{"service/" + service.id, page.words.local(service.title), hint, service.pictogram, ground, false},
                     [&page, id = service.id] { page.emit(kiosk::ChooseService{id}); }});
  }
  if (offers_numbers(page.visit))
    tiles.push_back({{"windows", page.words.text("Take a queue number"), page.words.text("For the counter"), "receipt",
                      kGrounds[tiles.size() % kGrounds.size()], false},
                     [&page] { page.emit(kiosk::OpenWindows{}); }});
  return tiles;
}

void add_hall_notices(Page& page, Flow& flow) {
  int number = 0;
  for (const kiosk::LocalText& text : page.visit.state.notices) {
    const std::string id = "hall-notice/" + std::to_string(++number);
    add_notice(page, flow, {id, NoticeKind::attention, "information", {}, page.words.local(text), {}});
  }
}

}  // namespace

void services_screen(Page& page) {
  FooterButton leave = back_button(page);
  if (page.visit.person() != nullptr) leave.label = page.words.text("Leave");
  const Box area = frame_page(page, Footer{leave, true, true, std::nullopt});
  draw_flow(page, area, [&page](Flow& flow) {
    add_title(page, flow, page.words.text("What would you like to do today?"));
    add_greeting(page, flow);
    add_visit_notice(page, flow);
    add_hall_notices(page, flow);
    if (page.visit.services.empty()) add_notice(page, flow, failure_notice(page, base::Failure::service_none));
    const auto tiles = service_tiles(page);
    // Wide tiles are low ones, which the low layout needs.
    const bool wide = tiles.size() <= kFewServices || page.visit.state.low_layout;
    add_tiles(page, flow, tiles, wide && !page.kit.landscape() ? 1 : kMostColumns);
  });
}

}  // namespace ui
