#include "ui/speech/voice.h"

#include "base/secret.h"
#include "ui/kit/language_tag.h"

namespace ui {
namespace {

bool calls(kiosk::Overlay overlay) { return overlay == kiosk::Overlay::still_there || overlay == kiosk::Overlay::card_away; }

bool parts(const kiosk::VisitState& state) {
  return state.overlay == kiosk::Overlay::none && (state.stage == kiosk::Stage::take_card || state.stage == kiosk::Stage::wiped);
}

}  // namespace

std::vector<Sentence> Voice::words(std::string_view msgid, const kiosk::VisitState& state) const {
  return sentences_of(translations_.text(msgid, state.language), language_tag(state.language), Privacy::open);
}

// Two personal sentences in a row are one "not read aloud": what is hidden shall not tell how much it is.
std::vector<Sentence> Voice::fit_for(std::vector<Sentence> sentences, const kiosk::VisitState& state) const {
  if (state.headset || state.voice.private_aloud) return sentences;
  std::vector<Sentence> fit;
  bool hidden = false;
  for (Sentence& sentence : sentences) {
    const bool open = sentence.privacy == Privacy::open;
    if (open) fit.push_back(std::move(sentence));
    if (!open && !hidden)
      for (Sentence& each : words("Not read aloud.", state)) fit.push_back(std::move(each));
    hidden = !open;
  }
  wipe(sentences);
  return fit;
}

void Voice::say(std::vector<Sentence> sentences, const kiosk::VisitState& state) {
  if (sentences.empty()) return;
  std::vector<Sentence> fit = fit_for(std::move(sentences), state);
  for (const Sentence& each : fit) {
    if (log_.size() == kLongestLog) {
      base::wipe(log_.front().sentence.text);
      log_.pop_front();
    }
    log_.push_back({each, channel_of(state)});
    ++logged_;
  }
  held_ = false;
  mouth_.say(std::move(fit), std::exchange(lead_, {}), channel_of(state), state.voice);
}

void Voice::look(const Picture& picture, const kiosk::VisitState& state) {
  const bool unplugged = headset_ && !state.headset;
  const bool began = state.voice.on && (!settings_.on || (state.headset && !headset_));
  const bool sounds_different = settings_.rate != state.voice.rate || settings_.volume != state.voice.volume;
  settings_ = state.voice;
  headset_ = state.headset;
  if (unplugged) mouth_.stop();
  sign_of_page(state);
  if (state.voice.on && !unplugged) {
    narrate(picture, state, began, sounds_different);
  } else {
    wipe(last_);
    narrator_.forget();  // switched on again, the page is read from its beginning
    part(picture, state);
  }
  stage_ = state.stage;
  overlay_ = state.overlay;
  parting_ = parts(state);
  if (lead_.empty()) return;
  mouth_.say({}, std::exchange(lead_, {}), channel_of(state), state.voice);
}

void Voice::sign_of_page(const kiosk::VisitState& state) {
  const bool another = state.stage != stage_;
  if (another && state.stage == kiosk::Stage::wiped) lead_ = cleared_sound();
  const bool left_card = another && state.stage == kiosk::Stage::take_card;
  if (left_card || (calls(state.overlay) && state.overlay != overlay_)) lead_ = attention_sound();
}

// Without having been asked to read aloud.
void Voice::part(const Picture& picture, const kiosk::VisitState& state) {
  if (!parts(state)) {
    if (parting_) mouth_.stop();  // the next one is here
    return;
  }
  if (!parting_ || state.stage != stage_) say(narrator_.whole_page(picture), state);
}

void Voice::narrate(const Picture& picture, const kiosk::VisitState& state, bool began, bool sounds_different) {
  std::vector<Sentence> fresh = narrator_.look(picture);
  if (began) {
    const std::vector<Sentence> welcome =
        state.headset ? words("You hear this in the headset only. The curtain key hides the screen.", state)
                      : words("Reading aloud.", state);
    fresh.insert(fresh.begin(), welcome.begin(), welcome.end());
  }
  if (fresh.empty() && sounds_different) fresh = words("Like this.", state);
  if (fresh.empty()) return;
  wipe(last_);
  last_ = fresh;
  say(std::move(fresh), state);
}

std::string Voice::key_words(Key key, const kiosk::VisitState& state) const {
  const auto text = [&](std::string_view msgid) { return translations_.text(msgid, state.language); };
  switch (key) {
    case Key::up:
      return text("Up: the item before.");
    case Key::down:
      return text("Down: the next item.");
    case Key::left:
      return text("Left: a step back.");
    case Key::right:
      return text("Right: a step on.");
    case Key::ok:
      return text("OK: chooses.");
    case Key::help:
      return text("Help: tells where a person is.");
    case Key::repeat:
      return text("Repeat: says it again. Twice: the whole page.");
    case Key::louder:
      return text("Louder.");
    case Key::softer:
      return text("Softer.");
    case Key::faster:
      return text("Faster.");
    case Key::slower:
      return text("Slower.");
    case Key::pause:
      return text("Pause: the voice waits. Again: it goes on.");
    case Key::curtain:
      return text("Curtain: hides the screen. Again: shows it.");
    case Key::language:
      return text("Language: the next one.");
    case Key::listen:
      return text("Listen: begins and ends reading aloud.");
    case Key::move:
      return text("Move: the next thing to choose.");
    case Key::select:
      return text("Select: chooses it.");
    case Key::headset_in:
    case Key::headset_out:
      return {};
    case Key::digit_0:
    case Key::digit_1:
    case Key::digit_2:
    case Key::digit_3:
    case Key::digit_4:
    case Key::digit_5:
    case Key::digit_6:
    case Key::digit_7:
    case Key::digit_8:
    case Key::digit_9:
      break;
  }
  return std::string(1, digit_of(key).value_or('0'));
}

void Voice::key(Key key, const Picture& picture, const kiosk::VisitState& state) {
  if (!state.voice.on || state.overlay != kiosk::Overlay::keys) return obey(key, picture, state);
  repeated_ = false;
  touched();
  say(sentences_of(key_words(key, state), language_tag(state.language), Privacy::open), state);
}

void Voice::obey(Key key, const Picture& picture, const kiosk::VisitState& state) {
  const bool twice = std::exchange(repeated_, key == Key::repeat);
  if (!state.voice.on) return touched();
  if (key == Key::pause) {
    held_ = !held_;
    mouth_.hold(held_);
    return;
  }
  touched();
  if (key == Key::repeat) say(twice ? narrator_.whole_page(picture) : last_, state);
}

void Voice::contact(bool down, bool spared) {
  if (down && !down_ && !spared) touched();
  down_ = down;
}

void Voice::touched() {
  mouth_.stop();
  held_ = false;
  lead_ = click_sound();
}

void Voice::forget() {
  mouth_.stop();
  narrator_.forget();
  wipe(last_);
  for (SpeechLogEntry& entry : log_) base::wipe(entry.sentence.text);
  log_.clear();
}

}  // namespace ui
