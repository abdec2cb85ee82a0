// What the service manager (systemd, Type=notify) is told of this program: READY=1 once a page stands on the display, WATCHDOG=1
// while both of its halves live, STOPPING=1 when it ends. When nobody wants to hear it (no NOTIFY_SOCKET), nothing is said, and
// nobody is woken for it.
//
// A sign of life takes two: a turn of the drawing loop, which gives it, and the courier, which has to have answered what it was
// asked with the sign before. Only its first answer may take long: it may be moving or rescuing a large queue then, and the page
// says that nothing is taken meanwhile.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "base/clock.h"

namespace kiosk {

class SignsOfLife {
 public:
  using Answered = std::function<void()>;
  // `ask_courier` has `Answered` called, on any thread, when the courier has come to it. `clock` outlives this.
  SignsOfLife(const base::Clock& clock, std::function<void(Answered)> ask_courier);
  ~SignsOfLife();
  SignsOfLife(const SignsOfLife&) = delete;
  SignsOfLife& operator=(const SignsOfLife&) = delete;

  // After each turn of the drawing loop, when its picture is on the display.
  void turned();
  // When to turn again at the latest: four times in the watchdog's period. Nothing: there is no watchdog.
  std::optional<base::Instant> deadline() const { return between_signs_ ? std::optional(next_sign_) : std::nullopt; }

 private:
  struct Courier {
    std::atomic<bool> owes = false;
    std::atomic<bool> has_answered = false;  // ever
  };

  const base::Clock& clock_;
  const std::function<void(Answered)> ask_courier_;
  const std::shared_ptr<Courier> courier_ = std::make_shared<Courier>();  // shared: an answer may come when this is gone
  std::optional<base::Instant::duration> between_signs_;
  base::Instant next_sign_{};
  bool ready_ = false;
};

}  // namespace kiosk
