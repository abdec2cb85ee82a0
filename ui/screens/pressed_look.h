// How long a control looks pressed: at least kPressedLook from when that was first seen, however short the touch (facts:
// accessibility A19). What the press does is not kept waiting; only a next page that no longer has the control is drawn later.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"

namespace ui {

inline constexpr std::chrono::milliseconds kPressedLook{150};

class PressedLook {
 public:
  // A press of the control with this id; empty = of nothing. The one before is over.
  void begin(std::string id) {
    id_ = std::move(id);
    seen_.reset();
  }
  void end() { begin({}); }
  // The control was drawn pressed.
  void seen(base::Instant now) {
    if (!seen_) seen_ = now;
  }

  const std::string& id() const { return id_; }  // empty = none
  // When it has been seen for long enough; nothing before it was seen.
  std::optional<base::Instant> until() const { return seen_ ? std::optional(*seen_ + kPressedLook) : std::nullopt; }
  bool over(base::Instant now) const { return seen_ && now >= *until(); }

 private:
  std::string id_;
  std::optional<base::Instant> seen_;
};

}  // namespace ui
