#include "kiosk/app/signs_of_life.h"

#include <systemd/sd-daemon.h>

#include <chrono>
#include <cstdint>
#include <utility>

namespace kiosk {
namespace {

constexpr int kSignsInAPeriod = 4;

void tell(const char* state) { sd_notify(0, state); }

}  // namespace

SignsOfLife::SignsOfLife(const base::Clock& clock, std::function<void(Answered)> ask_courier)
    : clock_(clock), ask_courier_(std::move(ask_courier)) {
  std::uint64_t period = 0;
  if (sd_watchdog_enabled(0, &period) > 0) between_signs_ = std::chrono::microseconds(period) / kSignsInAPeriod;
}

SignsOfLife::~SignsOfLife() { tell("STOPPING=1"); }

void SignsOfLife::turned() {
  if (!std::exchange(ready_, true)) tell("READY=1");
  const auto now = clock_.now();
  if (!between_signs_ || now < next_sign_) return;
  next_sign_ = now + *between_signs_;
  if (!courier_->owes || !courier_->has_answered) tell("WATCHDOG=1");
  courier_->owes = true;
  ask_courier_([courier = courier_] {
    courier->has_answered = true;
    courier->owes = false;
  });
}

}  // namespace kiosk
