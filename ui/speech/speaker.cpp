#include "ui/speech/speaker.h"

#include <algorithm>

#include "base/log.h"
#include "base/secret.h"

namespace ui {
namespace {

constexpr std::chrono::milliseconds kLook{20};  // between two looks at whether the queue has run dry

long characters(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

Speaker::Speaker(SpeakerParts parts, std::function<void()> on_change)
    : parts_(std::move(parts)), on_change_(std::move(on_change)), worker_([this](const std::stop_token& end) { work(end); }) {}

Speaker::~Speaker() {
  Speaker::stop();
  worker_.request_stop();
}

void Speaker::say(std::vector<Sentence> sentences, const Sound& lead, Channel channel, const kiosk::VoiceSettings& settings) {
  stop();
  {
    const std::lock_guard lock(mutex_);
    next_ = Job{std::move(sentences), lead, channel, settings, {}};
  }
  changed_.notify_all();
}

void Speaker::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (next_) wipe(next_->sentences);
    next_.reset();
    current_.request_stop();
    held_ = false;
  }
  parts_.output->clear();
  changed_.notify_all();
}

void Speaker::hold(bool held) {
  {
    const std::lock_guard lock(mutex_);
    held_ = held;
  }
  parts_.output->hold(held);
}

std::optional<Sentence> Speaker::speaking() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

void Speaker::set_now(std::optional<Sentence> sentence) {
  {
    const std::lock_guard lock(mutex_);
    if (now_) base::wipe(now_->text);
    now_ = std::move(sentence);
  }
  if (on_change_) on_change_();
}

std::optional<base::Failure> Speaker::failure() const {
  const std::lock_guard lock(mutex_);
  return no_output_ || no_voice_ ? std::optional(base::Failure::sound_silent) : std::nullopt;
}

// Once in the log, however often it happens.
void Speaker::note(bool& silent, bool now, const base::Error& why) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(silent, now) == now) return;
  }
  if (now) base::log::failure(why);
  if (on_change_) on_change_();
}

// The next job; nothing when it is time to end.
std::optional<Speaker::Job> Speaker::take(const std::stop_token& end) {
  std::unique_lock lock(mutex_);
  const auto is_there = [this] { return next_.has_value(); };
  if (!changed_.wait_for(lock, end, kCloseAfter, is_there)) {
    parts_.output->close();
    if (!changed_.wait(lock, end, is_there)) return std::nullopt;
  }
  Job job = *std::move(next_);
  next_.reset();
  current_ = job.stop;
  return job;
}

void Speaker::work(const std::stop_token& end) {
  while (auto job = take(end)) {
    speak(*job);
    wipe(job->sentences);
  }
}

void Speaker::speak(const Job& job) {
  const bool audible = parts_.output->open(job.channel);
  note(no_output_, !audible, {base::Failure::sound_silent, "the sound device does not open"});
  if (!job.lead.empty()) queue(job.lead, job);
  for (const Sentence& sentence : job.sentences) {
    if (job.stop.stop_requested()) break;
    play(sentence, job, audible);
  }
  if (!job.sentences.empty()) set_now(std::nullopt);
}

// A stop() from here on finds it in the queue.
void Speaker::queue(Sound sound, const Job& job) {
  change_loudness(sound, kiosk::kVolumeDecibels.at(static_cast<std::size_t>(job.settings.volume)));
  const std::lock_guard lock(mutex_);
  if (!job.stop.stop_requested()) parts_.output->queue(sound);
  base::wipe(sound.data(), sound.size() * sizeof(std::int16_t));
}

std::optional<Sound> Speaker::sound_of(const Sentence& sentence, const Job& job) {
  if (auto clip = parts_.clips.find(sentence.text, sentence.language)) return clip;
  const auto voice = voice_for(sentence.language);
  if (!voice) return std::nullopt;
  std::string text = text_for_voice(sentence.text, sentence.language, parts_.lexicon);
  const int percent = kiosk::kRatePercent.at(static_cast<std::size_t>(job.settings.rate));
  auto sound = parts_.synthesizer.speak(text, *voice, percent, job.stop.get_token());
  base::wipe(text);
  if (!sound && job.stop.stop_requested()) return std::nullopt;
  note(no_voice_, !sound, sound ? base::Error{} : sound.error());
  if (!sound) return std::nullopt;
  return *std::move(sound);
}

void Speaker::play(const Sentence& sentence, const Job& job, bool audible) {
  std::optional<Sound> sound = audible ? sound_of(sentence, job) : std::nullopt;
  if (job.stop.stop_requested()) return;
  const bool spoken = sound.has_value();
  if (sound) queue(*std::move(sound), job);
  set_now(sentence);
  const auto until = std::chrono::steady_clock::now() + kReadingTime * characters(sentence.text);
  std::unique_lock lock(mutex_);
  const auto over = [&] {
    if (job.stop.stop_requested()) return true;
    if (held_) return false;
    return spoken ? !parts_.output->playing() : std::chrono::steady_clock::now() >= until;
  };
  while (!over()) changed_.wait_for(lock, kLook);
}

}  // namespace ui
