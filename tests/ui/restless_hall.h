// Card reader, scanner, printer, camera, queue and office that answer at random moments: at once, late, with a fault, or not at
// all; and a resident who lays cards and holds codes up without being asked. The clock is the test's.
#pragma once

#include <map>
#include <random>

#include "kiosk/command.h"
#include "kiosk/event.h"
#include "tests/support/fake_clock.h"

namespace ui {

class RestlessHall {
 public:
  RestlessHall(const test_support::FakeClock& clock, std::mt19937_64& random);

  void carry_out(const kiosk::Commands& commands);
  // Something that nobody asked for, now and then.
  void stir();
  // Whoever is told to take the card takes it.
  void lift_card() { later(1, 4000, hal::CardReaderEvent{hal::CardLifted{}}); }

  // When the next thing happens; at the end of time when nothing will.
  base::Instant next() const { return waiting_.empty() ? base::Instant::max() : waiting_.begin()->first; }
  kiosk::Event take();  // that thing; only while next() is not the end of time

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  void later(std::size_t least_ms, std::size_t most_ms, kiosk::Event event);
  void lay_card();
  hal::DeviceHealth some_health(base::Failure failure);
  void carry_out(const kiosk::WantCard& command);
  void carry_out(const kiosk::WantCode& command);
  void carry_out(const kiosk::WantPictures& command);
  void carry_out(const kiosk::SubmitToQueue& command);
  void carry_out(const kiosk::IssueTicket& command);
  void carry_out(const kiosk::AskStatus& command);
  void carry_out(const kiosk::Print& command);
  void carry_out(const kiosk::CheckStaffPin&) { later(1, 300, kiosk::StaffPinChecked{}); }  // never the right one
  void carry_out(const kiosk::SendNow&) {}
  void carry_out(const kiosk::CheckReader&) {}
  void carry_out(const kiosk::ForgetEverything&) {}

  const test_support::FakeClock& clock_;
  std::mt19937_64& random_;
  std::multimap<base::Instant, kiosk::Event> waiting_;
};

}  // namespace ui
