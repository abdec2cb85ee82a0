// Where sound comes out. Nothing is open, and no thread of the sound system runs, until something is played; close() ends
// both. Queue and clear from any thread.
#pragma once

#include <memory>
#include <string>

#include "ui/speech/sentence.h"
#include "ui/speech/sound.h"

namespace ui {

// Names of the devices as SDL lists them; empty = what the system calls its default.
struct SoundDevices {
  std::string loudspeaker;
  std::string headset;
};

class SoundOutput {
 public:
  virtual ~SoundOutput() = default;
  // Opens the channel, closing the other; false when there is no such device: speech is then only captioned.
  virtual bool open(Channel channel) = 0;
  virtual void close() = 0;
  virtual void queue(const Sound& sound) = 0;
  virtual void clear() = 0;  // silent within one buffer, 23 ms
  virtual void hold(bool held) = 0;
  virtual bool playing() const = 0;  // something is queued
};

std::unique_ptr<SoundOutput> make_sdl_sound(SoundDevices devices);

}  // namespace ui
