// Somebody who listens to a terminal: its screen, and its voice with a mouth that writes down.
#pragma once

#include <gtest/gtest.h>

#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"
#include "ui/speech/voice.h"

namespace ui {

// Takes what it is given and is silent.
class Notebook final : public Mouth {
 public:
  void say(std::vector<Sentence> sentences, const Sound& lead, Channel channel, const kiosk::VoiceSettings& settings) override {
    said = std::move(sentences);
    led = !lead.empty();
    where = channel;
    how = settings;
    ++times;
  }
  void stop() override { ++stops; }
  void hold(bool now) override { held = now; }
  std::optional<Sentence> speaking() const override { return std::nullopt; }

  std::vector<std::string> words() const {
    std::vector<std::string> all;
    for (const Sentence& each : said) all.push_back(each.text);
    return all;
  }
  std::string text() const {
    std::string all;
    for (const std::string& each : words()) all += each + "|";
    return all;
  }

  std::vector<Sentence> said;
  bool led = false, held = false;
  Channel where = Channel::loudspeaker;
  kiosk::VoiceSettings how;
  int times = 0, stops = 0;
};

class AListener : public testing::Test {
 protected:
  AListener() { screen_.resize(1080, 1920); }

  void look(const Scene& of) {
    const VisitView view = of.view(hall(), services());
    screen_.handle({}, view, now_);
    page_ = screen_.page();
    voice_.look({screen_.tree(), page_, screen_.focus(), of.state.language}, of.state);
  }
  void press(Key key, const Scene& of) {
    now_.instant += std::chrono::seconds{1};
    events_ = screen_.take(key, of.view(hall(), services()), now_);
    page_ = screen_.page();
    voice_.key(key, {screen_.tree(), page_, screen_.focus(), of.state.language}, of.state);
    look(of);
  }
  // As the terminal does it.
  void touch(std::string_view id, const Scene& of) {
    now_.instant += std::chrono::seconds{1};
    const VisitView view = of.view(hall(), services());
    const Box box = screen_.tree().by_id(id)->box;
    const PointerTransition down{box.x + box.w / 2, box.y + box.h / 2, true};
    voice_.contact(true, screen_.spares_voice(down));
    screen_.handle(down, view, now_);
    voice_.contact(false);
    events_ = screen_.handle({down.x, down.y, false}, view, now_);
    page_ = screen_.page();
    if (const auto key = screen_.take_voice_key())
      voice_.obey(*key, {screen_.tree(), page_, screen_.focus(), of.state.language}, of.state);
  }
  static Scene aloud(std::string_view name, bool headset = true) {
    const std::vector<Scene> fresh = all_scenes(services());
    for (std::size_t i = 0; i < fresh.size(); ++i)
      if (fresh[i].name == name) return with_voice(i, headset);
    ADD_FAILURE() << name;
    return with_voice(0, headset);
  }
  static Scene silent(std::string_view name) {
    Scene made = aloud(name, false);
    made.state.voice.on = false;
    return made;
  }
  static Scene with_voice(std::size_t index, bool headset) {
    std::vector<Scene> fresh = all_scenes(services());
    Scene made = std::move(fresh.at(index));
    made.state.language = "en";
    made.state.voice.on = true;
    made.state.headset = headset;
    return made;
  }

  KioskScreen screen_{typesetter(), translations(), 268.0};
  Notebook mouth_;
  Voice voice_{translations(), mouth_};
  kiosk::Moment now_ = gallery_moment();
  std::string page_;
  std::vector<kiosk::Event> events_;
};

}  // namespace ui
