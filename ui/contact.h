// Makes one contact out of a mouse and any number of fingers (facts: accessibility §2.2): the first that touches an empty
// glass counts until it lifts, however long that takes; others do not, nor does anything until all have lifted (a palm).
// What never lifts is stuck: it is set aside as soon as another finger comes, and told. What lies still while another finger
// comes and goes, a hand at rest or one whose lifting was lost, is set aside after that one; the next finger counts. What is
// shorter than a finger can be is no touch. A contact ends where it was in its last tenth of a second by median, not at its last,
// sliding sample.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "ui/kit/pointer.h"

namespace ui {

class Contact {
 public:
  static constexpr std::int64_t kMouse = -1;  // fingers have the ids SDL gives them, never negative
  static constexpr std::chrono::milliseconds kShortest{40};
  static constexpr std::chrono::milliseconds kSettled{100};  // what the median is made of, each place by its time
  static constexpr std::chrono::milliseconds kStuck{10'000};
  static constexpr std::size_t kGhosts = 10;
  static constexpr std::chrono::minutes kLately{10};
  static constexpr std::chrono::milliseconds kAtRest{2'000};  // without a word of it

  // `at`: of one monotonic clock. What the screens are to hear is appended to `to`.
  void down(std::int64_t who, int x, int y, std::chrono::milliseconds at, std::vector<PointerTransition>& to);
  void move(std::int64_t who, int x, int y, std::chrono::milliseconds at, std::vector<PointerTransition>& to);
  void up(std::int64_t who, int x, int y, std::chrono::milliseconds at, std::vector<PointerTransition>& to);

  // Nothing is on the glass: the window or the display became another, and whatever lifted meanwhile is never told.
  void release(std::vector<PointerTransition>& to);

  // Whether the glass needs somebody: a finger is stuck on it, or it lately told of kGhosts that were too short.
  bool needs_a_look(std::chrono::milliseconds now) const;

 private:
  struct Finger {
    std::int64_t who;
    std::chrono::milliseconds since;
    std::chrono::milliseconds told;  // when it last went down or moved
    bool aside = false;              // counts for nothing
    bool stuck = false;
  };
  struct Sample {
    int x, y;
    std::chrono::milliseconds at;
  };

  void set_aside(Finger& finger, std::vector<PointerTransition>& to);
  void set_stuck_aside(std::chrono::milliseconds now, std::vector<PointerTransition>& to);
  void set_resting_aside(std::chrono::milliseconds now, std::vector<PointerTransition>& to);
  void keep(const Sample& sample);
  PointerTransition settled(std::chrono::milliseconds end) const;

  std::vector<Finger> fingers_;  // on the glass, in the order they came
  std::optional<std::int64_t> active_;
  std::chrono::milliseconds began_{0};
  std::deque<Sample> samples_;
  std::deque<std::chrono::milliseconds> ghosts_;  // the last kGhosts touches that were none
};

}  // namespace ui
