#include "ui/speech/sound_output.h"

#include <SDL.h>

#include <mutex>
#include <optional>

namespace ui {
namespace {

constexpr Uint16 kBuffer = 512;  // samples: 23 ms

class SdlSound final : public SoundOutput {
 public:
  explicit SdlSound(SoundDevices devices) : devices_(std::move(devices)) {}
  ~SdlSound() override { SdlSound::close(); }
  SdlSound(const SdlSound&) = delete;
  SdlSound& operator=(const SdlSound&) = delete;

  bool open(Channel channel) override {
    const std::lock_guard lock(mutex_);
    if (device_ != 0 && channel_ == channel) return true;
    close_device();
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return false;
    initialised_ = true;
    SDL_AudioSpec wanted{};
    wanted.freq = kSoundRate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = kBuffer;
    const std::string& name = channel == Channel::headset ? devices_.headset : devices_.loudspeaker;
    device_ = SDL_OpenAudioDevice(name.empty() ? nullptr : name.c_str(), 0, &wanted, nullptr, 0);
    channel_ = channel;
    if (device_ == 0) close_device();
    if (device_ != 0) SDL_PauseAudioDevice(device_, 0);
    return device_ != 0;
  }

  void close() override {
    const std::lock_guard lock(mutex_);
    close_device();
    SDL_TLSCleanup();  // what SDL keeps for each thread: it did not start this one and so would not free it
  }

  void queue(const Sound& sound) override {
    const std::lock_guard lock(mutex_);
    if (device_ != 0) SDL_QueueAudio(device_, sound.data(), static_cast<Uint32>(sound.size() * sizeof(sound[0])));
  }

  void clear() override {
    const std::lock_guard lock(mutex_);
    if (device_ == 0) return;
    SDL_ClearQueuedAudio(device_);
    SDL_PauseAudioDevice(device_, 0);
  }

  void hold(bool held) override {
    const std::lock_guard lock(mutex_);
    if (device_ != 0) SDL_PauseAudioDevice(device_, held ? 1 : 0);
  }

  bool playing() const override {
    const std::lock_guard lock(mutex_);
    return device_ != 0 && SDL_GetQueuedAudioSize(device_) > 0;
  }

 private:
  void close_device() {
    if (device_ != 0) {
      SDL_ClearQueuedAudio(device_);
      SDL_CloseAudioDevice(device_);
    }
    device_ = 0;
    if (initialised_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    initialised_ = false;
  }

  SoundDevices devices_;
  mutable std::mutex mutex_;
  SDL_AudioDeviceID device_ = 0;
  Channel channel_ = Channel::loudspeaker;
  bool initialised_ = false;
};

}  // namespace

std::unique_ptr<SoundOutput> make_sdl_sound(SoundDevices devices) { return std::make_unique<SdlSound>(std::move(devices)); }

}  // namespace ui
