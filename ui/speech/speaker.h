// The mouth: sentences one after the other, recorded where there is a recording, else by the voice program. A new say() ends
// the one before: nothing waits behind stale text (EN 301 549 5.1.3.5).
//
// One worker thread; every method returns at once. stop() is silent within one sound buffer (23 ms) and ends the child. A
// sentence that cannot be spoken stands as a caption as long as it takes to read.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "kiosk/voice_settings.h"
#include "ui/speech/clips.h"
#include "ui/speech/lexicon.h"
#include "ui/speech/sentence.h"
#include "ui/speech/sound_output.h"
#include "ui/speech/synthesizer.h"

namespace ui {

// The worker's and the screen's view of it; what a test or a bot puts in its place.
class Mouth {
 public:
  virtual ~Mouth() = default;
  // `lead` is played first; without sentences it is all there is.
  virtual void say(std::vector<Sentence> sentences, const Sound& lead, Channel channel, const kiosk::VoiceSettings& settings) = 0;
  virtual void stop() = 0;
  virtual void hold(bool held) = 0;
  // The sentence that is spoken now; nothing when there is silence.
  virtual std::optional<Sentence> speaking() const = 0;
};

inline constexpr std::chrono::seconds kCloseAfter{2};          // of silence: then the sound device wakes nobody
inline constexpr std::chrono::milliseconds kReadingTime{330};  // for a character of a caption that nobody speaks

struct SpeakerParts {
  std::unique_ptr<SoundOutput> output;
  Clips clips;
  Lexicon lexicon;
  Synthesizer synthesizer;
};

class Speaker final : public Mouth {
 public:
  // `on_change` is called from the worker when speaking() or failure() has become another.
  Speaker(SpeakerParts parts, std::function<void()> on_change);
  ~Speaker() override;
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;

  void say(std::vector<Sentence> sentences, const Sound& lead, Channel channel, const kiosk::VoiceSettings& settings) override;
  void stop() override;
  void hold(bool held) override;
  std::optional<Sentence> speaking() const override;
  // sound_silent while what was last to be heard could not be. `on_change` tells of it.
  std::optional<base::Failure> failure() const;

 private:
  struct Job {
    std::vector<Sentence> sentences;
    Sound lead;
    Channel channel = Channel::loudspeaker;
    kiosk::VoiceSettings settings;
    std::stop_source stop;
  };
  std::optional<Job> take(const std::stop_token& end);
  void work(const std::stop_token& end);
  void speak(const Job& job);
  std::optional<Sound> sound_of(const Sentence& sentence, const Job& job);
  void play(const Sentence& sentence, const Job& job, bool audible);
  void queue(Sound sound, const Job& job);
  void set_now(std::optional<Sentence> sentence);
  void note(bool& silent, bool now, const base::Error& why);

  SpeakerParts parts_;
  std::function<void()> on_change_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Job> next_;
  std::stop_source current_;
  std::optional<Sentence> now_;
  bool held_ = false;
  bool no_output_ = false;  // the sound device does not open
  bool no_voice_ = false;   // the voice program fails
  std::jthread worker_;     // last: it uses the above
};

}  // namespace ui
