#include "tests/offline_cache/crash/failing_disk.h"

#include <fmt/format.h>

#include "tests/offline_cache/crash/scripted_day.h"

namespace crash {
namespace {

constexpr std::size_t kExamplesOfFailing = 10;

class Run {
 public:
  Run(ScriptedDay& day, const std::vector<States>& states, FailureTally& tally) : day_(day), states_(states), tally_(tally) {}

  void at(std::int64_t operation, Fault fault, bool lasting) {
    Disk disk;
    day_.begin(disk);
    auto opened = day_.open(disk, 512, true);
    const std::int64_t before = disk.operations();
    disk.fail_at(before + operation, fault, lasting);
    std::size_t done = 0;
    const std::size_t stopped = day_.play(*opened->outbox, [&](std::size_t index) { done = index + 1; });
    ++tally_.runs;
    if (disk.faults() > 0) ++tally_.fired;
    if (stopped < day_.steps()) ++tally_.reported;
    disk.fail_at(-1, Fault::none);
    opened->outbox.reset();  // what the courier does: close, and open anew
    what_ = fmt::format("fault {} at operation {}, step {}", static_cast<int>(fault), operation, done);
    restart(disk, done);
    base::SeededRandom dice(static_cast<std::uint64_t>(operation) + 1);
    Disk found = disk.after_cut(Loss::everything, 512, dice);
    restart(found, done);
  }

 private:
  void restart(Disk& disk, std::size_t done) {
    auto opened = day_.open(disk, 512, true);
    if (!opened) return complain(opened.error().detail);
    const auto found = day_.states(*opened->outbox);
    if (!found) return complain(found.error().detail);
    if (*found != ScriptedDay::recovered(states_[done]) &&
        *found != ScriptedDay::recovered(states_[std::min(done + 1, states_.size() - 1)]))
      complain("states that never were");
    if (const auto wrong = day_.check_payloads(*opened->outbox); !wrong.empty()) complain(wrong);
    if (!opened->outbox->enqueue(day_.another(), false)) complain("no new application was taken");
  }

  void complain(const std::string& why) {
    ++tally_.wrong;
    if (tally_.examples.size() < kExamplesOfFailing) tally_.examples.push_back(what_ + ": " + why);
  }

  ScriptedDay& day_;
  const std::vector<States>& states_;
  FailureTally& tally_;
  std::string what_;
};

// The states after 0, 1, 2 … steps, and the operations of the day at which the fault could happen.
std::pair<std::vector<States>, std::vector<std::int64_t>> undisturbed(ScriptedDay& day, Fault fault) {
  Disk disk;
  day.begin(disk);
  auto opened = day.open(disk, 512, true);
  const std::int64_t before = disk.operations();
  std::vector<States> states{States{}};
  day.play(*opened->outbox, [&](std::size_t) { states.push_back(*day.states(*opened->outbox)); });
  std::vector<std::int64_t> operations;
  for (std::int64_t operation = 0; before + operation < disk.operations(); ++operation)
    if (disk.could_fail(before + operation, fault)) operations.push_back(operation);
  return {states, operations};
}

}  // namespace

FailureTally fail_everywhere(std::uint64_t seed, Fault fault, bool lasting) {
  ScriptedDay day(seed);
  const auto [states, operations] = undisturbed(day, fault);
  FailureTally tally;
  Run run(day, states, tally);
  for (const auto operation : operations) run.at(operation, fault, lasting);
  return tally;
}

LiarTally cut_a_lying_disk(std::uint64_t seed) {
  ScriptedDay day(seed);
  base::SeededRandom dice(seed);
  LiarTally tally;
  Disk disk;
  day.begin(disk);
  auto opened = day.open(disk, 512, true);
  disk.lie();
  disk.before_operation = [&] {
    for (const Loss loss : kLosses) {
      Disk found = disk.after_cut(loss, 512, dice);
      ++tally.cuts;
      auto again = day.open(found, 512, true);
      if (!again) {
        ++tally.damage_seen;
        continue;
      }
      ++tally.went_on;
      if (!day.check_payloads(*again->outbox, true).empty()) ++tally.wrong;
    }
  };
  (void)day.play(*opened->outbox, [](std::size_t) {});
  disk.before_operation = nullptr;
  return tally;
}

}  // namespace crash
