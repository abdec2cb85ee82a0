// The mouth with the real voice program and the real sound system; only the loudspeaker is a dummy.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "base/files.h"
#include "test_places.h"
#include "ui/speech/speaker.h"

namespace ui {
namespace {

using namespace std::chrono_literals;

const kiosk::Translations& shipped_translations() {
  static const kiosk::Translations made(LINLI_BINARY_DIR "/share/linli/translations");
  return made;
}

// Keeps what would be heard; plays a second of sound in a second of the test's own time.
class Recorder final : public SoundOutput {
 public:
  struct Heard {
    std::mutex mutex;
    Sound all;
    std::size_t waiting = 0;  // samples not yet played
    int cleared = 0;
    bool opens = true;  // there is a loudspeaker
    bool open = false;
    Channel channel = Channel::loudspeaker;
  };
  explicit Recorder(Heard& heard) : heard_(heard) {}
  bool open(Channel channel) override {
    const std::lock_guard lock(heard_.mutex);
    heard_.channel = channel;
    return heard_.open = heard_.opens;
  }
  void close() override {
    const std::lock_guard lock(heard_.mutex);
    heard_.open = false;
  }
  void queue(const Sound& sound) override {
    const std::lock_guard lock(heard_.mutex);
    heard_.all.insert(heard_.all.end(), sound.begin(), sound.end());
    heard_.waiting += sound.size();
  }
  void clear() override {
    const std::lock_guard lock(heard_.mutex);
    heard_.waiting = 0;
    ++heard_.cleared;
  }
  void hold(bool) override {}
  bool playing() const override {
    const std::lock_guard lock(heard_.mutex);
    return heard_.waiting > 0;
  }

 private:
  Heard& heard_;
};

class ASpeaker : public testing::Test {
 protected:
  std::unique_ptr<Speaker> speaker(Synthesizer synthesizer = Synthesizer(), Clips clips = {}) {
    return std::make_unique<Speaker>(
        SpeakerParts{std::make_unique<Recorder>(heard_), std::move(clips), Lexicon(), std::move(synthesizer)}, [this] {
          const std::lock_guard lock(mutex_);
          ++changes_;
          changed_.notify_all();
        });
  }
  bool changes_to(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 60s, [&] { return changes_ >= count; });
  }
  void play_out() {
    const std::lock_guard lock(heard_.mutex);
    heard_.waiting = 0;
  }
  std::size_t samples() {
    const std::lock_guard lock(heard_.mutex);
    return heard_.all.size();
  }

  Recorder::Heard heard_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int changes_ = 0;
};

std::vector<Sentence> two() { return {{"您好。", "zh-Hans", Privacy::open}, {"Good morning.", "en", Privacy::open}}; }

TEST_F(ASpeaker, says_sentences_one_after_the_other_each_in_its_language) {
  const auto speaker_ = speaker();
  speaker_->say(two(), {}, Channel::headset, {});
  ASSERT_TRUE(changes_to(1));
  EXPECT_EQ(speaker_->speaking()->text, "您好。");
  play_out();
  ASSERT_TRUE(changes_to(2));
  EXPECT_EQ(speaker_->speaking()->language, "en");
  EXPECT_GT(samples(), static_cast<std::size_t>(kSoundRate)) << "a second at least";
  play_out();
  ASSERT_TRUE(changes_to(3));
  EXPECT_FALSE(speaker_->speaking());
  EXPECT_EQ(heard_.channel, Channel::headset);
}

TEST_F(ASpeaker, is_silent_at_once_when_stopped) {
  const auto speaker_ = speaker();
  speaker_->say(two(), {}, Channel::loudspeaker, {});
  ASSERT_TRUE(changes_to(1));
  const auto before = std::chrono::steady_clock::now();
  speaker_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 100ms);
  {
    const std::lock_guard lock(heard_.mutex);
    EXPECT_EQ(heard_.waiting, 0U);
  }
  ASSERT_TRUE(changes_to(2));
  EXPECT_FALSE(speaker_->speaking()) << "and nothing comes after it";
}

TEST_F(ASpeaker, waits_behind_no_stale_text) {
  const auto speaker_ = speaker();
  speaker_->say(two(), {}, Channel::loudspeaker, {});
  ASSERT_TRUE(changes_to(1));
  speaker_->say({{"New.", "en", Privacy::open}}, {}, Channel::loudspeaker, {});
  ASSERT_TRUE(changes_to(3));
  EXPECT_EQ(speaker_->speaking()->text, "New.");
}

// A click in the middle of a sentence ends the sentence: the two are never heard together.
TEST_F(ASpeaker, lets_no_other_sound_into_a_sentence) {
  const auto speaker_ = speaker();
  speaker_->say(two(), {}, Channel::headset, {});
  ASSERT_TRUE(changes_to(1));
  EXPECT_GT(samples(), 0U);
  speaker_->say({}, click_sound(), Channel::headset, {});
  ASSERT_TRUE(changes_to(2));
  EXPECT_FALSE(speaker_->speaking());
  speaker_->say({{"New.", "en", Privacy::open}}, click_sound(), Channel::headset, {});
  ASSERT_TRUE(changes_to(3));
  const std::lock_guard lock(heard_.mutex);
  EXPECT_GE(heard_.cleared, 2) << "what was still to be heard is thrown away before the next sound";
  const Sound click = click_sound();
  EXPECT_GT(heard_.waiting, click.size()) << "a lead and its sentence, one after the other";
}

TEST_F(ASpeaker, survives_a_voice_that_hangs_or_is_not_there) {
  {
    const auto speaker_ = speaker(Synthesizer("/usr/bin/yes"));
    speaker_->say(two(), {}, Channel::loudspeaker, {});
    ASSERT_TRUE(changes_to(1)) << "the caption is shown all the same";
    EXPECT_EQ(samples(), 0U);
  }
  const auto missing = speaker(Synthesizer("/nonexistent/voice"));
  missing->say(two(), {}, Channel::loudspeaker, {});
  EXPECT_TRUE(changes_to(2));
}

TEST_F(ASpeaker, tells_that_nothing_can_be_heard_until_something_can) {
  {
    const auto missing = speaker(Synthesizer("/nonexistent/voice"));
    EXPECT_FALSE(missing->failure());
    missing->say(two(), {}, Channel::loudspeaker, {});
    ASSERT_TRUE(changes_to(2));
    EXPECT_EQ(missing->failure(), base::Failure::sound_silent);
  }
  heard_.opens = false;
  changes_ = 0;
  const auto mute = speaker();
  mute->say({}, click_sound(), Channel::loudspeaker, {});
  ASSERT_TRUE(changes_to(1));
  EXPECT_EQ(mute->failure(), base::Failure::sound_silent);
  {
    const std::lock_guard lock(heard_.mutex);
    heard_.opens = true;
  }
  mute->say({}, click_sound(), Channel::loudspeaker, {});
  ASSERT_TRUE(changes_to(2));
  EXPECT_FALSE(mute->failure());
}

TEST_F(ASpeaker, plays_the_recording_where_there_is_one) {
  const auto folder = std::filesystem::temp_directory_path() / "linli-clips-test";
  std::filesystem::create_directories(folder);
  Sound tone(kSoundRate / 10, 1234);
  std::string wav = "RIFF....WAVEfmt ";
  const auto put = [&wav](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) wav += static_cast<char>(value >> (8 * i) & 0xFFU);
  };
  put(16, 4), put(1, 2), put(1, 2), put(kSoundRate, 4), put(2 * kSoundRate, 4), put(2, 2), put(16, 2);
  wav += "data";
  put(static_cast<std::uint32_t>(tone.size() * 2), 4);
  for (const std::int16_t sample : tone) put(static_cast<std::uint16_t>(sample), 2);
  ASSERT_TRUE(base::write_file(folder / "back.wav", wav));
  ASSERT_TRUE(base::write_file(folder / "index", "zh\tBack\tback.wav\n"));
  const auto speaker_ = speaker(Synthesizer("/nonexistent/voice"), Clips(folder, shipped_translations()));
  kiosk::VoiceSettings loudest;
  loudest.volume = 4;
  speaker_->say({{shipped_translations().text("Back", "zh"), "zh-Hans", Privacy::open}}, {}, Channel::loudspeaker, loudest);
  ASSERT_TRUE(changes_to(1));
  {
    const std::lock_guard lock(heard_.mutex);
    EXPECT_EQ(heard_.all, tone);
  }
  std::filesystem::remove_all(folder);
}

// Without the voice the rate would change the pitch; the program speaks slower by itself.
TEST(ASynthesizer, has_rates_from_half_to_twice) {
  const Synthesizer voice;
  const std::string text = "please lay your identity card on the lit plate and wait until the picture changes";
  const auto length = [&](int percent) {
    const auto sound = voice.speak(text, *voice_for("en"), percent, {});
    EXPECT_TRUE(sound.ok()) << (sound ? "" : sound.error().detail);
    return sound ? static_cast<double>(sound->size()) / kSoundRate : 1.0;
  };
  const double usual = length(100);
  EXPECT_NEAR(15.0 / usual * 60.0, 122.0, 25.0) << "words a minute";
  EXPECT_GT(length(50) / usual, 1.6);
  EXPECT_LT(length(200) / usual, 0.65);
}

TEST(ASynthesizer, has_no_voice_for_tibetan_and_says_so) { EXPECT_FALSE(voice_for("bo")); }

TEST(SoundOutput, opens_and_plays_without_a_loudspeaker) {
  setenv("SDL_AUDIODRIVER", "dummy", 1);
  const auto output = make_sdl_sound({});
  ASSERT_TRUE(output->open(Channel::loudspeaker));
  output->queue(Sound(kSoundRate * 5));
  EXPECT_TRUE(output->playing());
  output->clear();
  EXPECT_FALSE(output->playing());
  output->close();
}

TEST(Loudness, has_steps_of_at_most_ten_decibels_over_eighteen) {
  const auto& steps = kiosk::kVolumeDecibels;
  for (std::size_t i = 1; i < steps.size(); ++i) EXPECT_LE(steps[i] - steps[i - 1], 10);
  EXPECT_GE(steps.back() - steps.front(), 18);
  EXPECT_EQ(steps[2] - steps[0], 12);
  Sound sound{1000, -1000, 32767};
  change_loudness(sound, 6.0);
  EXPECT_NEAR(sound[0], 1995, 2);
  EXPECT_EQ(sound[2], 32767) << "clipped, not wrapped";
}

TEST(ASound, that_is_not_one_of_ours_is_refused) {
  EXPECT_FALSE(decode_wav("").ok());
  EXPECT_FALSE(decode_wav("RIFF....WAVEdata").ok());
  EXPECT_FALSE(decode_wav("RIFF....WAVEdata\x02\0\0\0ab").ok());
}

}  // namespace
}  // namespace ui
