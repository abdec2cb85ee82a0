// The part of a kiosk mechanism that holds a cut ticket and offers it at a mouth. One opcode means different things on
// different models of one maker, and that is modelled.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace hal {

enum class PresenterKind : std::uint8_t { none, custom_kpm, custom_tptcm, citizen_pmu };

class TicketPresenter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit TicketPresenter(PresenterKind kind) : kind_(kind) {}

  // The knife let a ticket go. False: the one before is still at the mouth, and the two jam.
  bool receive(TimePoint now);
  void eject(int n, TimePoint now);    // GS e n of Custom
  void retract();                      // GS R 0 of Citizen
  void set_auto_retract(int seconds);  // GS R 1 n of Citizen
  void pass_time(TimePoint now);       // a ticket left too long is drawn back
  bool take();                         // by a person; false: nothing is at the mouth
  void clear() { place_ = Place::none; }

  bool at_mouth() const { return place_ == Place::mouth; }
  bool motor_runs() const { return motor_runs_; }
  int taken() const { return taken_; }
  int retracted() const { return retracted_; }
  std::optional<TimePoint> wakes_at() const { return draws_back_at_; }

 private:
  enum class Place : std::uint8_t { none, inside, mouth };
  void offer(TimePoint now);
  void draw_back();

  PresenterKind kind_;
  Place place_ = Place::none;
  std::chrono::milliseconds patience_{5'000};  // of the factory, which is short for an old hand
  std::optional<TimePoint> draws_back_at_;
  bool motor_runs_ = false;
  int taken_ = 0;
  int retracted_ = 0;
};

}  // namespace hal
