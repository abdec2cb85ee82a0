#include <algorithm>
#include <iterator>

#include "kiosk/masking.h"
#include "ui/screens/screens.h"
#include "ui/screens/tiles.h"

namespace ui {
namespace {

using kiosk::Category;
using kiosk::ServiceDefinition;
using Offered = std::vector<const ServiceDefinition*>;

constexpr std::size_t kFewTiles = 5;  // one below the other, with room for long names
constexpr int kMostColumns = 4;
constexpr std::size_t kMostTitles = 3;  // of what is in a category

std::string name_of(const Page& page, Category category) {
  switch (category) {
    case Category::money:
      return page.words.text("Money and allowances");
    case Category::health:
      return page.words.text("Health and care");
    case Category::daily_life:
      return page.words.text("Meals and daily life");
    case Category::home:
      return page.words.text("Home and repairs");
    case Category::papers:
      return page.words.text("Papers and addresses");
    case Category::other:
      break;
  }
  return page.words.text("Other services");
}

struct CategoryLook {
  const char* icon;
  Tone ground;
};

CategoryLook look_of(Category category) {
  switch (category) {
    case Category::money:
      return {"cash-multiple", theme::kJade};
    case Category::health:
      return {"stethoscope", theme::kSky};
    case Category::daily_life:
      return {"silverware-variant", theme::kEarth};
    case Category::home:
      return {"home", theme::kPlum};
    case Category::papers:
      return {"file-document", theme::kSky};
    case Category::other:
      break;
  }
  return {"dots-horizontal", theme::kSlate};
}

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

Offered services_of(const VisitView& visit, std::optional<Category> category) {
  Offered offered;
  for (const ServiceDefinition& service : visit.services)
    if (!service.ticket && (!category || service.category == *category)) offered.push_back(&service);
  return offered;
}

TileAct service_tile(Page& page, const ServiceDefinition& service) {
  std::string hint = page.words.local(service.summary);
  if (service.needs_card && page.visit.person() == nullptr) hint += "\n" + page.words.text("ID card needed");
  return {{"service/" + service.id, page.words.local(service.title), hint, service.pictogram, look_of(service.category).ground,
           false},
          [&page, id = service.id] { page.emit(kiosk::ChooseService{id}); }};
}

std::string titles_of(const Page& page, const Offered& services) {
  std::string titles;
  for (std::size_t i = 0; i < std::min(services.size(), kMostTitles); ++i)
    titles += (titles.empty() ? "" : page.words.text(", ")) + page.words.local(services[i]->title);
  if (services.size() <= kMostTitles) return titles;
  return filled(page.words.text("{titles} and more"), {{"titles", titles}});
}

TileAct category_tile(Page& page, std::string_view id, Category category, const Offered& services) {
  const CategoryLook look = look_of(category);
  return {{"category/" + std::string(id), name_of(page, category), titles_of(page, services), look.icon, look.ground, false},
          [&page, category] { page.emit(kiosk::ChooseCategory{category}); }};
}

std::vector<TileAct> service_tiles(Page& page, const Offered& services) {
  std::vector<TileAct> tiles;
  for (const ServiceDefinition* service : services) tiles.push_back(service_tile(page, *service));
  return tiles;
}

// Those that have services; one of a single service is that service.
std::vector<TileAct> category_tiles(Page& page) {
  std::vector<TileAct> tiles;
  for (const auto& [id, category] : kiosk::kCategories)
    if (const Offered services = services_of(page.visit, category); services.size() == 1)
      tiles.push_back(service_tile(page, *services.front()));
    else if (!services.empty())
      tiles.push_back(category_tile(page, id, category, services));
  return tiles;
}

std::vector<TileAct> other_ways(Page& page) {
  std::vector<TileAct> tiles;
  if (offers_numbers(page.visit))
    tiles.push_back(
        {{"windows", page.words.text("Take a queue number"), page.words.text("For the counter"), "receipt", theme::kSlate, false},
         [&page] { page.emit(kiosk::OpenWindows{}); }});
  tiles.push_back({{"status", page.words.text("My earlier applications"), page.words.text("What has become of them"), "magnify",
                    theme::kSlate, false},
                   [&page] { page.emit(kiosk::OpenStatus{}); }});
  return tiles;
}

// How many things there are decides, not the room they need: none moves when the text grows.
std::vector<TileAct> first_tiles(Page& page) {
  std::vector<TileAct> others = other_ways(page);
  const Offered services = services_of(page.visit, std::nullopt);
  const bool few = services.size() + others.size() <= static_cast<std::size_t>(kMostChoices);
  std::vector<TileAct> tiles = few ? service_tiles(page, services) : category_tiles(page);
  std::move(others.begin(), others.end(), std::back_inserter(tiles));
  return tiles;
}

void add_service_tiles(Page& page, Flow& flow, const std::vector<TileAct>& tiles) {
  // Wide tiles are low ones, which the low layout needs.
  const bool wide = tiles.size() <= kFewTiles || page.visit.state.low_layout;
  add_tiles(page, flow, tiles, wide && !page.kit.landscape() ? 1 : kMostColumns);
}

void add_hall_notices(Page& page, Flow& flow) {
  int number = 0;
  for (const kiosk::LocalText& text : page.visit.state.notices) {
    const std::string id = "hall-notice/" + std::to_string(++number);
    add_notice(page, flow, {id, NoticeKind::attention, "information", {}, page.words.local(text), {}});
  }
}

void first_page(Page& page, Flow& flow) {
  add_title(page, flow, page.words.text("What would you like to do today?"));
  add_greeting(page, flow);
  add_visit_notice(page, flow);
  add_hall_notices(page, flow);
  if (page.visit.services.empty()) add_notice(page, flow, failure_notice(page, base::Failure::service_none));
  add_service_tiles(page, flow, first_tiles(page));
}

void category_page(Page& page, Flow& flow, Category category) {
  add_title(page, flow, name_of(page, category));
  // At the largest text the words would fill a page of their own, and the first service would come after "more".
  if (page.visit.state.text_step < kiosk::TextStep::largest)
    add_lead(page, flow, "lead", page.words.text("Choose what you need."));
  add_visit_notice(page, flow);
  add_service_tiles(page, flow, service_tiles(page, services_of(page.visit, category)));
}

}  // namespace

void services_screen(Page& page) {
  const auto category = page.visit.session() != nullptr ? page.visit.session()->category : std::nullopt;
  FooterButton leave = back_button(page);
  if (page.visit.person() != nullptr && !category) leave.label = page.words.text("Leave");
  const Box area = frame_page(page, Footer{leave, true, true, std::nullopt});
  draw_flow(page, area, [&page, category](Flow& flow) {
    if (category)
      category_page(page, flow, *category);
    else
      first_page(page, flow);
  });
}

}  // namespace ui
