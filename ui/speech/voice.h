// The voice of a terminal: looks at every picture, has the narrator find what is new, and the mouth say it, in the headset or,
// when the resident asked, from the loudspeaker. What is personal goes to the loudspeaker only by the resident's own choice.
// Asked or not, it calls whoever may have turned away (are you still there, take your card), and says the farewell: that
// everything is cleared, and what is to be taken along. Nothing of that is personal.
//
// Flow: handle an input → contact() or key() → draw → look(). Captions are what speaking() says. One thread.
#pragma once

#include <deque>
#include <functional>

#include "kiosk/visit_state.h"
#include "ui/input/keys.h"
#include "ui/speech/narrator.h"
#include "ui/speech/speaker.h"

namespace ui {

inline constexpr std::size_t kLongestLog = 256;  // sentences

// What was given to the mouth, as it was spoken: what a blind resident knows of the terminal.
struct SpeechLogEntry {
  Sentence sentence;
  Channel channel = Channel::loudspeaker;
};

class Voice {
 public:
  // Both outlive the voice.
  Voice(const kiosk::Translations& translations, Mouth& mouth)
      : translations_(translations), mouth_(mouth), narrator_(translations) {}

  // After each picture.
  void look(const Picture& picture, const kiosk::VisitState& state);
  // A key of which the screen knows nothing, or that is being learnt. Call after the screen handled it, before look().
  void key(Key key, const Picture& picture, const kiosk::VisitState& state);
  // The same where it is not being learnt: a press on the screen that stands for it.
  void obey(Key key, const Picture& picture, const kiosk::VisitState& state);
  // Of the finger, or the mouse. Going down it is felt at once: speech stops, and a click with the next look says so. Not where
  // that is `spared`: on the button by which the voice waits and goes on.
  void contact(bool down, bool spared = false);
  void forget();  // the visit ended

  std::optional<Sentence> speaking() const { return mouth_.speaking(); }
  bool held() const { return held_; }  // in the middle of what it says
  const std::deque<SpeechLogEntry>& log() const { return log_; }
  // Sentences ever logged; the log holds the last kLongestLog of them.
  std::size_t logged() const { return logged_; }
  ~Voice() { forget(); }
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

 private:
  void touched();
  static Channel channel_of(const kiosk::VisitState& state) { return state.headset ? Channel::headset : Channel::loudspeaker; }
  std::vector<Sentence> fit_for(std::vector<Sentence> sentences, const kiosk::VisitState& state) const;
  void say(std::vector<Sentence> sentences, const kiosk::VisitState& state);
  void sign_of_page(const kiosk::VisitState& state);
  void part(const Picture& picture, const kiosk::VisitState& state);
  void narrate(const Picture& picture, const kiosk::VisitState& state, bool began, bool sounds_different);
  std::vector<Sentence> words(std::string_view msgid, const kiosk::VisitState& state) const;
  std::string key_words(Key key, const kiosk::VisitState& state) const;

  const kiosk::Translations& translations_;
  Mouth& mouth_;
  Narrator narrator_;
  std::vector<Sentence> last_;  // said, before it was made fit for a channel
  kiosk::VoiceSettings settings_;
  bool headset_ = false;
  bool held_ = false;
  bool down_ = false;
  Sound lead_;                                  // to be heard with the next look
  bool repeated_ = false;                       // the key before was "repeat": then the whole page
  kiosk::Stage stage_ = kiosk::Stage::welcome;  // of the last look, and the page over it
  kiosk::Overlay overlay_ = kiosk::Overlay::none;
  bool parting_ = false;  // the farewell is said, or was
  std::deque<SpeechLogEntry> log_;
  std::size_t logged_ = 0;
};

}  // namespace ui
