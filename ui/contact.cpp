#include "ui/contact.h"

#include <algorithm>

namespace ui {
namespace {

constexpr std::size_t kMostFingers = 32;   // a glass that reports more is broken
constexpr std::size_t kMostSamples = 128;  // 100 ms at more than 1 kHz

// A place and for how long the finger was there.
struct Stay {
  int place;
  std::int64_t weight;
};

int median(std::vector<Stay> stays) {
  std::sort(stays.begin(), stays.end(), [](const Stay& a, const Stay& b) { return a.place < b.place; });
  std::int64_t all = 0;
  for (const Stay& stay : stays) all += stay.weight;
  std::int64_t before = 0;
  for (const Stay& stay : stays)
    if ((before += stay.weight) * 2 >= all) return stay.place;
  return stays.back().place;
}

}  // namespace

void Contact::set_aside(Finger& finger, std::vector<PointerTransition>& to) {
  finger.aside = true;
  if (active_ != finger.who) return;
  active_.reset();
  to.push_back(kLifted);
}

void Contact::set_stuck_aside(std::chrono::milliseconds now, std::vector<PointerTransition>& to) {
  for (Finger& finger : fingers_) {
    if (finger.stuck || now - finger.since < kStuck) continue;
    finger.stuck = true;
    set_aside(finger, to);
  }
}

void Contact::set_resting_aside(std::chrono::milliseconds now, std::vector<PointerTransition>& to) {
  for (Finger& finger : fingers_)
    if (!finger.aside && now - finger.told >= kAtRest) set_aside(finger, to);
}

// A resting finger sends nothing: the sample before the window tells where it was when the window began.
void Contact::keep(const Sample& sample) {
  samples_.push_back(sample);
  while (samples_.size() > kMostSamples || (samples_.size() > 1 && sample.at - samples_[1].at >= kSettled)) samples_.pop_front();
}

PointerTransition Contact::settled(std::chrono::milliseconds end) const {
  std::vector<Stay> xs;
  std::vector<Stay> ys;
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    const auto from = std::max(samples_[i].at, end - kSettled);
    const auto until = i + 1 < samples_.size() ? samples_[i + 1].at : end;
    const std::int64_t weight = std::max<std::int64_t>(0, (until - from).count()) * 1000 + 1;
    xs.push_back({samples_[i].x, weight});
    ys.push_back({samples_[i].y, weight});
  }
  return {median(std::move(xs)), median(std::move(ys)), false};
}

void Contact::down(std::int64_t who, int x, int y, std::chrono::milliseconds at, std::vector<PointerTransition>& to) {
  set_stuck_aside(at, to);
  std::erase_if(fingers_, [&](const Finger& finger) { return finger.who == who; });  // its lifting was lost
  if (active_ == who) {
    active_.reset();
    to.push_back(kLifted);
  }
  const bool empty = std::all_of(fingers_.begin(), fingers_.end(), [](const Finger& finger) { return finger.aside; });
  if (fingers_.size() == kMostFingers) fingers_.erase(fingers_.begin());
  fingers_.push_back({who, at, at});
  if (!empty) return;
  active_ = who;
  began_ = at;
  samples_.clear();
  keep({x, y, at});
  to.push_back({x, y, true});
}

void Contact::move(std::int64_t who, int x, int y, std::chrono::milliseconds at, std::vector<PointerTransition>& to) {
  for (Finger& finger : fingers_)
    if (finger.who == who) finger.told = at;
  if (active_ != who) return;
  keep({x, y, at});
  // Of a slide only the last known place matters; the touch-down before it must stay.
  static constexpr std::size_t kDownAndMove = 2;
  if (to.size() >= kDownAndMove && to.back().down && to[to.size() - kDownAndMove].down) to.pop_back();
  to.push_back({x, y, true});
}

void Contact::up(std::int64_t who, int x, int y, std::chrono::milliseconds at, std::vector<PointerTransition>& to) {
  const auto lifted = std::ranges::find(fingers_, who, &Finger::who);
  if (lifted == fingers_.end()) return;
  const bool ignored = active_ != who && !lifted->aside && at - lifted->since >= kShortest;
  fingers_.erase(lifted);
  if (ignored) set_resting_aside(at, to);
  if (active_ != who) return;
  active_.reset();
  if (who != kMouse && at - began_ < kShortest) {
    ghosts_.push_back(at);
    if (ghosts_.size() > kGhosts) ghosts_.pop_front();
    return to.push_back(kLifted);
  }
  keep({x, y, at});
  to.push_back(settled(at));
}

void Contact::release(std::vector<PointerTransition>& to) {
  fingers_.clear();
  if (!active_) return;
  active_.reset();
  to.push_back(kLifted);
}

bool Contact::needs_a_look(std::chrono::milliseconds now) const {
  if (ghosts_.size() == kGhosts && now - ghosts_.front() < kLately) return true;
  return std::ranges::any_of(fingers_, [](const Finger& finger) { return finger.stuck; });
}

}  // namespace ui
