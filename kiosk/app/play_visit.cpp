// One visit without a display, from the welcome page to the wiped one, leaving what a visitor and the office would see.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "base/files.h"
#include "base/log.h"
#include "kiosk/app/commands.h"
#include "kiosk/app/control/control_path.h"
#include "kiosk/app/control_desk.h"
#include "kiosk/app/demo_hall.h"
#include "kiosk/app/furnishings.h"
#include "kiosk/app/player.h"
#include "typeset/png.h"

namespace kiosk {
namespace {

class Album {
 public:
  Album(Player& player, std::filesystem::path folder) : player_(player), folder_(std::move(folder)) {}
  base::Status add(std::string_view name) { return player_.picture(folder_ / fmt::format("{:02}-{}.png", ++number_, name)); }

 private:
  Player& player_;
  std::filesystem::path folder_;
  int number_ = 0;
};

struct PlayedVisit {
  DemoHall& hall;
  Player& player;
  Album& album;
  const DemoOptions& options;
  const ServiceDefinition& service;
};

base::Error stuck(const PlayedVisit& play, std::string_view where) {
  play.player.draw();
  return {base::Failure::internal, fmt::format("the visit is stuck {}, on the page \"{}\"", where, play.player.tree().title())};
}

base::Status identify(PlayedVisit& play) {
  const auto card = play.hall.card(play.options.card);
  if (!card) return base::Error{base::Failure::config_invalid, "--card: no such card: " + play.options.card};
  play.hall.act(ui::LayCard{*card});
  if (!play.player.wait_for(Stage::services)) return stuck(play, "after the card was laid down");
  return play.album.add("services");
}

base::Status choose_window(PlayedVisit& play) {
  if (!play.player.press("browse")) return stuck(play, "before the services");
  if (auto done = play.album.add("services"); !done) return done;
  if (!play.player.press("windows")) return stuck(play, "at the services");
  if (auto done = play.album.add("windows"); !done) return done;
  if (!play.player.press("service/" + play.service.id)) return stuck(play, "at the windows");
  return {};
}

bool choose_in_category(PlayedVisit& play) {
  const auto* name = std::ranges::find(kCategories, play.service.category, &decltype(kCategories)::value_type::second);
  return play.player.press("category/" + std::string(name->first)) && play.album.add("category").ok() &&
         play.player.press("service/" + play.service.id);
}

base::Status choose_service(PlayedVisit& play) {
  if (play.service.ticket) return choose_window(play);
  if (play.service.needs_card) {
    if (auto done = identify(play); !done) return done;
  } else {
    if (!play.player.press("browse")) return stuck(play, "before the services");
    if (auto done = play.album.add("services"); !done) return done;
  }
  if (!play.player.press("service/" + play.service.id) && !choose_in_category(play)) return stuck(play, "at the services");
  return {};
}

base::Status answer_questions(PlayedVisit& play) {
  while (play.player.visit().state().stage == Stage::question) {
    const std::string id = play.player.visit().current_question()->id;
    if (!play.player.answer_question()) return stuck(play, "at the question " + id);
    if (auto done = play.album.add("question-" + id); !done) return done;
    if (!play.player.press("next")) return stuck(play, "after the question " + id);
  }
  return {};
}

base::Status wait_for_paper(PlayedVisit& play) {
  const auto printed = [](const VisitState& state) { return !state.session || state.session->print != PrintProgress::printing; };
  if (!play.player.wait_for(printed)) return stuck(play, "while printing");
  return play.album.add("printed");
}

base::Status take_number(PlayedVisit& play) {
  const auto given = [](const VisitState& state) {
    return state.session && state.session->ticket && state.session->ticket->given;
  };
  if (!play.player.wait_for(given)) return stuck(play, "before the number was given");
  if (auto done = play.album.add("ticket"); !done) return done;
  return wait_for_paper(play);
}

base::Status submit(PlayedVisit& play) {
  if (play.service.ticket) return take_number(play);
  if (play.player.visit().state().stage != Stage::check) return play.album.add("not-eligible");
  if (auto done = play.album.add("check"); !done) return done;
  if (!play.player.press("next")) return stuck(play, "at the check page");
  if (auto done = play.album.add("saving"); !done) return done;
  if (!play.player.wait_for(Stage::receipt)) return stuck(play, "while saving");
  if (auto done = play.album.add("receipt"); !done) return done;
  return wait_for_paper(play);
}

base::Status leave(PlayedVisit& play) {
  const Stage stage = play.player.visit().state().stage;
  const bool finished = stage == Stage::receipt || stage == Stage::ticket;
  if (!play.player.press(finished ? "next" : "back")) return stuck(play, "at the end");
  while (play.player.visit().state().stage == Stage::services)
    if (!play.player.press("back")) return stuck(play, "at the services");
  if (play.player.visit().state().stage == Stage::take_card) {
    if (auto done = play.album.add("take-card"); !done) return done;
    play.hall.act(ui::LiftCard{});
  }
  if (!play.player.wait_for([](const VisitState& state) { return state.stage == Stage::wiped || state.stage == Stage::welcome; }))
    return stuck(play, "after the card was lifted");
  return play.album.add("wiped");
}

base::Status keep_records(DemoHall& hall, const std::filesystem::path& out) {
  const auto tickets = hall.printer().tickets();
  for (std::size_t i = 0; i < tickets.size(); ++i)
    if (auto done = typeset::write_png(out / fmt::format("paper-{}.png", i + 1), tickets[i]); !done) return done;
  const auto bytes = hall.printer().received();
  if (auto done = base::write_file(out / "printer-bytes.bin", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}); !done)
    return done;  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): bytes to bytes
  auto record = hall.platform().record();
  if (!record) return record.error();
  return base::write_file(out / "platform.json", *record);
}

base::Status set_up(PlayedVisit& play, Kiosk& kiosk) {
  kiosk.handle(SetTextStep{static_cast<TextStep>(play.options.size - 1)});
  const auto ready = [&](const VisitState& state) {
    return state.reader.state == hal::DeviceState::online && state.printer.state == hal::DeviceState::online && state.intake.open;
  };
  if (!play.player.wait_for(ready)) return stuck(play, "before the devices were ready");
  return play.album.add("welcome");
}

base::Status play_through(PlayedVisit& play, Kiosk& kiosk) {
  if (auto done = set_up(play, kiosk); !done) return done;
  for (const auto step : {choose_service, answer_questions, submit, leave})
    if (auto done = step(play); !done) return done;
  return {};
}

const ServiceDefinition* find_service(const std::vector<ServiceDefinition>& services, const std::string& id) {
  const auto found = std::find_if(services.begin(), services.end(), [&](const auto& service) { return service.id == id; });
  return found == services.end() ? nullptr : &*found;
}

}  // namespace

base::Status play_visit(const DemoOptions& given, const std::filesystem::path& out) {
  std::error_code error;
  std::filesystem::remove_all(out, error);
  std::filesystem::create_directories(out, error);
  if (error) return base::Error{base::Failure::save_io_error, out.string() + ": " + error.message()};
  DemoOptions options = given;
  options.data = std::filesystem::absolute(out) / "data";

  auto furnishings = load_furnishings(installed_assets());
  if (!furnishings) return furnishings.error();
  const ServiceDefinition* service = find_service(furnishings->services, options.service);
  if (service == nullptr) return base::Error{base::Failure::config_invalid, "--service: no such service: " + options.service};

  const base::SystemClock clock;
  base::SystemRandom random;
  Doorbell bell;
  auto hall = DemoHall::create(options, installed_assets(), local_moment(clock).date, [&bell] { bell.ring(); });
  if (!hall) return hall.error();
  {
    Kiosk kiosk({(*hall)->hall(), furnishings->services, furnishings->translations, clock, random},
                (*hall)->wiring(clock, random), [&bell] { bell.ring(); });
    const auto control = open_control_desk(kiosk, control_path({}, options.data));
    ui::Surface surface(options.landscape ? 1920 : 1080, options.landscape ? 1080 : 1920);
    ui::KioskScreen screen(*furnishings->typesetter, furnishings->translations, options.landscape ? 476.0 : 268.0);
    screen.resize(surface.width(), surface.height());
    Player player(kiosk, screen, surface, bell);
    Album album(player, out);
    PlayedVisit play{**hall, player, album, options, *service};
    if (auto done = play_through(play, kiosk); !done) return done;
  }
  if (auto done = keep_records(**hall, out); !done) return done;
  std::cout << std::filesystem::absolute(out).string() << '\n';
  return {};
}

}  // namespace kiosk
