// What a resident's eye and finger do, for any X11 program: see pixels change, press.
#pragma once

#include <X11/Xlib.h>
// Xlib first: its extensions need it and do not include it.
#include <X11/extensions/XShm.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

struct Point {
  int x = 0;
  int y = 0;
};

struct Area {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

// One rectangle of the screen, fetched through shared memory (about 20 µs for 200 × 150).
class Watched {
 public:
  Watched(Display* display, Area area);
  ~Watched();
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  // The pixels as they are now, four bytes each.
  std::string look();

 private:
  Display* display_;
  Area area_;
  XShmSegmentInfo segment_{};
  XImage* image_ = nullptr;
};

// A connection to $DISPLAY. One thread; every call returns after at most a round trip to the X server.
class Screen {
 public:
  // Nothing when there is no display or it lacks MIT-SHM, XTEST or DAMAGE.
  static std::unique_ptr<Screen> open();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  Area whole() const;
  std::unique_ptr<Watched> watch(Area area) { return std::make_unique<Watched>(display_, area); }

  void move_to(Point point);
  void press();
  void release();

  // Starts to count, or returns how many times anything drew since then (equal pixels count too).
  void start_counting_frames();
  std::size_t frames_counted();

  // Gives the processor to others for this long.
  void pause(std::chrono::microseconds time) const;

 private:
  Screen(Display* display, int damage_event) : display_(display), damage_event_(damage_event) {}

  Display* display_;
  int damage_event_;
  unsigned long damage_ = 0;
};

}  // namespace bench
