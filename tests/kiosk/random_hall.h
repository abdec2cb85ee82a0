// A hall gone mad: a resident who presses anything, a reader, a printer and a queue that answer late, twice, wrongly or
// not at all. Draws the next event for a visit; remembers what was really said.
#pragma once

#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "kiosk/visit.h"
#include "tests/support/fake_clock.h"

namespace visit_test {

class RandomHall {
 public:
  RandomHall(const kiosk::Visit& visit, test_support::FakeClock& clock, base::UuidSource& ids, std::uint64_t seed)
      : visit_(visit), clock_(clock), ids_(ids), engine_(seed) {}

  kiosk::Event draw();
  void carry_out(const kiosk::Commands& commands);
  void let_time_pass();

  bool was_saved(const base::Uuid& id) const { return saved_.contains(id); }
  bool was_received(const base::Uuid& id) const { return received_.contains(id); }
  bool one_in(unsigned n) { return below(n) == 0; }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
  kiosk::Event sensible_press();
  kiosk::Event any_press();
  kiosk::Event reader();
  kiosk::Event next_key(const kiosk::Question& question);
  kiosk::Event status_press();
  kiosk::Event words_press(const kiosk::Question& question);
  kiosk::Event scanner();
  kiosk::Event photo_press();
  kiosk::Event photo_press_at_random();
  kiosk::Event camera();
  kiosk::Event printer();
  kiosk::Event courier();
  kiosk::Event registrar();
  base::Uuid some_id();
  kiosk::Event some_setting();
  hal::DeviceHealth some_health(base::Failure failure);

  const kiosk::Visit& visit_;
  test_support::FakeClock& clock_;
  base::UuidSource& ids_;
  std::mt19937_64 engine_;
  std::vector<base::Uuid> submitted_;  // the last few
  std::set<base::Uuid> saved_, received_;
  hal::PrintJobId last_job_ = 0;
  bool reading_ = false;  // a card was laid and is being read
};

}  // namespace visit_test
