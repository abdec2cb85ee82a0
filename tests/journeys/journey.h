// A whole terminal in this process: real drivers over simulated devices, the real queue and courier, the real platform as a
// process; and a resident who knows nothing but the words on the screen.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/random.h"
#include "kiosk/app/demo_hall.h"
#include "kiosk/app/furnishings.h"
#include "kiosk/app/player.h"

namespace journeys {

// The system's clock, and what a test lets pass.
class JourneyClock final : public base::Clock {
 public:
  base::Instant now() const override { return system_.now() + ahead_.load(); }
  base::WallTime wall() const override { return system_.wall() + ahead_.load(); }
  void skip(std::chrono::seconds time) { ahead_ = ahead_.load() + time; }

 private:
  base::SystemClock system_;
  std::atomic<std::chrono::seconds> ahead_{};
};

class Journey {
 public:
  explicit Journey(std::string language = "en", bool offline = false);
  ~Journey();

  // In the words of the resident. A press of what is not there fails the test and says what is.
  void lay(const std::string& persona);
  void lift() { hall_->act(ui::LiftCard{}); }
  void press(const std::string& msgid);
  void type(const std::string& digits);
  // Presses the answer, then Next.
  void answer(const std::string& label);
  void expect(kiosk::Stage stage);
  bool sees(const std::string& part);  // in any text of the page now, personal ones included

  // From "choose a service" to the check page, the short way.
  void fill_in_senior_allowance();
  void fill_in_repair_report();

  const kiosk::VisitState& state() const { return kiosk_->visit().state(); }
  bool wait_for(const std::function<bool(const kiosk::VisitState&)>& condition) { return player_->wait_for(condition); }
  kiosk::DemoHall& hall() { return *hall_; }
  kiosk::Kiosk& kiosk() { return *kiosk_; }
  kiosk::Player& player() { return *player_; }
  ui::KioskScreen& screen() { return *screen_; }
  const ui::Surface& picture() const { return surface_; }  // as last drawn
  // Time passes for everybody: resident, devices and courier.
  void skip(std::chrono::seconds time);
  const kiosk::Furnishings& furnishings() const { return *furnishings_; }
  const std::filesystem::path& folder() const { return folder_; }

  // Ends the terminal, then asks the platform what it has. An array of applications, opened.
  nlohmann::json platform_record();
  // What zbarimg, an independent decoder, reads from the last paper.
  std::string qr_on_paper();

 private:
  std::string word(const std::string& msgid) const { return furnishings_->translations.text(msgid, language_); }
  std::string labels();

  std::string language_;
  std::filesystem::path folder_;
  JourneyClock clock_;
  base::SystemRandom random_;
  kiosk::Doorbell bell_;
  std::unique_ptr<kiosk::Furnishings> furnishings_;
  std::unique_ptr<kiosk::DemoHall> hall_;
  std::unique_ptr<kiosk::Kiosk> kiosk_;
  ui::Surface surface_{1080, 1920};
  std::unique_ptr<ui::KioskScreen> screen_;
  std::unique_ptr<kiosk::Player> player_;
};

}  // namespace journeys
