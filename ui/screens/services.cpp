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

std::vector<TileAct> service_tiles(Page& page) {
  std::vector<TileAct> tiles;
  for (const kiosk::ServiceDefinition& service : page.visit.services) {
    std::string hint = page.words.local(service.summary);
    if (service.needs_card && page.visit.person() == nullptr) hint += "\n" + page.words.text("ID card needed");
    const Tone ground = kGrounds[tiles.size() % kGrounds.size()];
    tiles.push_back({{"service/" + service.id, page.words.local(service.title), hint, service.pictogram, ground, false},
                     [&page, id = service.id] { page.emit(kiosk::ChooseService{id}); }});
  }
  return tiles;
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
    if (page.visit.services.empty()) add_notice(page, flow, failure_notice(page, base::Failure::service_none));
    // Wide tiles are low ones, which the low layout needs.
    const bool wide = page.visit.services.size() <= kFewServices || page.visit.state.low_layout;
    add_tiles(page, flow, service_tiles(page), wide && !page.kit.landscape() ? 1 : kMostColumns);
  });
}

}  // namespace ui
