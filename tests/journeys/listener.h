// A bot that finishes a visit from outside with ears and keys and nothing else: all it knows is the speech log.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/journeys/journey.h"
#include "ui/speech/voice.h"

namespace journeys {

// A day that the question can be answered with: long ago for "since", else the first after tomorrow that is no Sunday.
std::chrono::year_month_day fitting_day(const kiosk::VisitState& state, bool since);

// Keys and voice of a running journey. Time stands for nobody: a key comes a second after the one before.
class Keypad {
 public:
  explicit Keypad(Journey& journey);
  void press(ui::Key key);
  void plug_headset();
  // Draws, and lets the voice speak about it.
  void look();

  // Sentences spoken since the last call.
  std::vector<std::string> heard();
  const ui::KioskScreen& screen() const { return journey_.screen(); }

 private:
  class SilentMouth final : public ui::Mouth {
   public:
    void say(std::vector<ui::Sentence>, const ui::Sound&, ui::Channel, const kiosk::VoiceSettings&) override {}
    void stop() override {}
    void hold(bool) override {}
    std::optional<ui::Sentence> speaking() const override { return std::nullopt; }
  };
  kiosk::Moment moment();
  ui::Picture picture() const;
  void give(std::vector<kiosk::Event> events);

  Journey& journey_;
  SilentMouth mouth_;
  ui::Voice voice_;
  std::string page_;
  std::chrono::seconds ahead_{0};
  std::vector<std::string> heard_;
  std::size_t taken_ = 0;
};

// Hears a page from one end to the other and tries what it offers, until it hears that everything is cleared.
class Listener {
 public:
  explicit Listener(Journey& journey) : journey_(journey), keys_(journey) {}
  // True when the receipt of this service was heard and everything was cleared.
  bool finishes(const std::string& service);
  const std::string& story() const { return story_; }  // what was heard, for failure messages

 private:
  std::string hear();
  std::string after(ui::Key key);
  // What stands on the page, item by item, as "down" tells it. The focus is then on the first.
  std::vector<std::string> walk();
  void go_to(std::size_t item);
  bool choose(const std::vector<std::string>& items, const std::string& part);
  bool choose_number(unsigned number);
  bool give_day();
  bool answer(const std::vector<std::string>& items);
  bool go_on();
  bool deal_with_page(const std::string& service);

  Journey& journey_;
  Keypad keys_;
  std::string story_;
  std::string page_;       // what was heard when it came up
  std::size_t at_ = 0;     // the focused item
  std::size_t count_ = 0;  // items of the page
  bool receipt_ = false;
};

}  // namespace journeys
