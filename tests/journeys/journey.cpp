#include "tests/journeys/journey.h"

#include <stdlib.h>

#include "base/log.h"
#include "tests/journeys/paper.h"

namespace journeys {
namespace {

std::filesystem::path fresh_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "linli-journey-XXXXXX").string();
  return mkdtemp(name.data());
}

}  // namespace

Journey::Journey(std::string language, bool offline) : language_(std::move(language)), folder_(fresh_folder()) {
  base::log::quiet();
  const auto assets = kiosk::installed_assets();
  auto furnishings = kiosk::load_furnishings(assets);
  EXPECT_TRUE(furnishings.ok());
  furnishings_ = std::make_unique<kiosk::Furnishings>(*std::move(furnishings));
  kiosk::DemoOptions options;
  options.language = language_;
  options.offline = offline;
  options.data = folder_;
  auto hall = kiosk::DemoHall::create(options, assets, kiosk::local_moment(clock_).date, [this] { bell_.ring(); });
  EXPECT_TRUE(hall.ok()) << (hall ? "" : hall.error().detail);
  hall_ = *std::move(hall);
  kiosk_ = std::make_unique<kiosk::Kiosk>(
      kiosk::KioskParts{hall_->hall(), furnishings_->services, furnishings_->translations, clock_, random_},
      hall_->wiring(clock_, random_), [this] { bell_.ring(); });
  screen_ = std::make_unique<ui::KioskScreen>(*furnishings_->typesetter, furnishings_->translations, 268.0);
  screen_->resize(surface_.width(), surface_.height());
  player_ = std::make_unique<kiosk::Player>(*kiosk_, *screen_, surface_, bell_);
  EXPECT_TRUE(wait_for([](const kiosk::VisitState& s) {
    return s.reader.state == hal::DeviceState::online && s.printer.state == hal::DeviceState::online && s.intake.open;
  })) << "the devices are not ready";
}

Journey::~Journey() {
  kiosk_.reset();
  hall_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Journey::labels() {
  player_->draw();
  std::string all;
  for (const auto& node : player_->tree().nodes()) all += node.label + " | ";
  return all;
}

void Journey::lay(const std::string& persona) {
  const auto card = hall_->card(persona);
  ASSERT_TRUE(card) << "nobody is called " << persona;
  hall_->act(ui::LayCard{*card});
}

void Journey::skip(std::chrono::seconds time) {
  clock_.skip(time);
  kiosk_->handle_waiting();
  if (kiosk_->take_forget()) screen_->forget();
}

void Journey::press(const std::string& msgid) {
  ASSERT_TRUE(player_->press(word(msgid))) << "there is no \"" << word(msgid) << "\" to press; there is: " << labels();
}

void Journey::type(const std::string& digits) {
  for (const char digit : digits) press(std::string(1, digit));
}

void Journey::answer(const std::string& label) {
  press(label);
  press("Next");
}

void Journey::expect(kiosk::Stage stage) { ASSERT_TRUE(player_->wait_for(stage)) << "there is: " << labels(); }

bool Journey::sees(const std::string& part) {
  player_->draw();
  for (const auto& node : player_->tree().nodes())
    if ((node.label + '\n' + node.value + '\n' + node.hint).find(part) != std::string::npos) return true;
  return false;
}

void Journey::fill_in_senior_allowance() {
  press("Money and allowances");
  press("Senior allowance");
  expect(kiosk::Stage::question);
  answer("Yes, that is right");
  answer("At home");
  answer("No");
  answer("Social security card");
  type("13800138000");
  press("Next");
  answer("Yes, you may");
  answer("Yes, all of it");
  expect(kiosk::Stage::check);
}

void Journey::fill_in_repair_report() {
  press("Home and repairs");
  press("Report a repair");
  expect(kiosk::Stage::question);
  answer("Lamp");
  answer("In a shared place");
  answer("Yard or road");
  answer("No");
  press("Skip");
  expect(kiosk::Stage::check);
}

nlohmann::json Journey::platform_record() {
  player_.reset();
  kiosk_.reset();
  auto record = hall_->platform().record();
  EXPECT_TRUE(record.ok()) << (record ? "" : record.error().detail);
  return nlohmann::json::parse(record ? *record : "[]", nullptr, false);
}

std::string Journey::qr_on_paper() {
  const auto tickets = hall_->printer().tickets();
  if (tickets.empty()) return "no paper";
  return code_on(tickets.back(), folder_);
}

}  // namespace journeys
