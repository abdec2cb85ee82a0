#include "tests/offline_cache/crash/power_cuts.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "tests/offline_cache/crash/scripted_day.h"

namespace crash {
namespace {

constexpr std::size_t kExamplesOfCuts = 10;
constexpr int kSectors[] = {512, 4096};

class Cutter {
 public:
  explicit Cutter(const CutPlan& plan) : plan_(plan), day_(plan.seed), dice_(plan.seed * 7919) {}

  Tally run() {
    note_the_states();
    for (const int sector : kSectors) {
      for (const bool powersafe : {false, true}) {
        cut_one_day(sector, powersafe);
        ++kind_;
      }
    }
    return tally_;
  }

 private:
  // states_[n]: after n steps.
  void note_the_states() {
    Disk disk;
    day_.begin(disk);
    auto opened = day_.open(disk, 512, false);
    states_ = {States{}};
    const auto done = day_.play(*opened->outbox, [&](std::size_t) { states_.push_back(*day_.states(*opened->outbox)); });
    if (done != day_.steps()) complain(tally_.wrong, "the day does not end by itself");
  }

  void cut_one_day(int sector, bool powersafe) {
    Disk disk;
    day_.begin(disk);
    auto opened = day_.open(disk, sector, powersafe);
    step_ = 0;
    known_.clear();
    std::int64_t operation = 0;
    disk.before_operation = [&] {
      if (wanted(operation)) cut_here(disk, operation, sector, powersafe);
      ++operation;
    };
    (void)day_.play(*opened->outbox, [&](std::size_t index) {
      step_ = index + 1;
      known_.clear();
    });
    tally_.operations = std::max(tally_.operations, operation);
    disk.before_operation = nullptr;
  }

  bool wanted(std::int64_t operation) const {
    return plan_.operations.empty() ||
           std::find(plan_.operations.begin(), plan_.operations.end(), operation) != plan_.operations.end();
  }

  void cut_here(const Disk& disk, std::int64_t operation, int sector, bool powersafe) {
    for (const Loss loss : kLosses) {
      if ((operation + static_cast<int>(loss) + kind_) % plan_.stride != 0) continue;
      for (int time = 0; time < (loss == Loss::everything ? 1 : plan_.times); ++time) {
        Disk found = disk.after_cut(loss, static_cast<std::size_t>(sector), dice_);
        what_ = fmt::format("seed {} step {} loss {} sector {}", plan_.seed, step_, static_cast<int>(loss), sector);
        ++tally_.cuts;
        const bool nested = plan_.nested > 0 && dice_.below(static_cast<std::uint64_t>(plan_.nested)) == 0;
        if (nested) found = cut_in_recovery(found, loss, sector, powersafe);
        look(found, sector, powersafe);
      }
    }
  }

  // The machine comes up, and the power goes again before recovery has ended (or just after).
  Disk cut_in_recovery(Disk& disk, Loss loss, int sector, bool powersafe) {
    Disk later = disk.after_cut(Loss::everything, static_cast<std::size_t>(sector), dice_);
    const auto at = static_cast<std::int64_t>(dice_.below(12));
    std::int64_t operation = 0;
    disk.before_operation = [&] {
      if (operation++ == at) later = disk.after_cut(loss, static_cast<std::size_t>(sector), dice_);
    };
    (void)day_.open(disk, sector, powersafe);
    disk.before_operation = nullptr;
    ++tally_.cuts_in_recovery;
    what_ += fmt::format(" and recovery {}", at);
    return later;
  }

  void look(Disk& disk, int sector, bool powersafe) {
    const auto [verdict, is_new] = known_.try_emplace(disk.fingerprint(), nullptr);
    if (!is_new) {  // since the step began this very disk was found, and what is found does not depend on anything else
      if (verdict->second != nullptr) ++*verdict->second;
      return;
    }
    ++tally_.disks;
    verdict->second = judge(disk, sector, powersafe);
  }

  // The count that it goes into.
  std::int64_t* judge(Disk& disk, int sector, bool powersafe) {
    auto opened = day_.open(disk, sector, powersafe);
    if (!opened) return complain(tally_.corrupt, opened.error().detail);
    const auto found = day_.states(*opened->outbox);
    if (!found) return complain(tally_.corrupt, found.error().detail);
    std::int64_t* const count = compare(*found);
    if (const auto wrong = day_.check_payloads(*opened->outbox); !wrong.empty()) complain(tally_.wrong, wrong);
    if (!opened->outbox->enqueue(day_.another(), false)) complain(tally_.stuck, "no new application was taken");
    return count;
  }

  std::int64_t* compare(const States& found) {
    const auto before = ScriptedDay::recovered(states_[step_]);
    const auto after = ScriptedDay::recovered(states_[std::min(step_ + 1, states_.size() - 1)]);
    if (found == before || found == after) {
      auto& count = found == before ? tally_.found_before : tally_.found_after;
      ++count;
      return &count;
    }
    const bool known =
        std::any_of(states_.begin(), states_.end(), [&](const States& s) { return ScriptedDay::recovered(s) == found; });
    return complain(known ? tally_.lost : tally_.wrong, known ? "an acknowledged step is gone" : "states that never were");
  }

  std::int64_t* complain(std::int64_t& count, const std::string& why) {
    ++count;
    if (tally_.examples.size() < kExamplesOfCuts) tally_.examples.push_back(what_ + ": " + why);
    return &count;
  }

  const CutPlan& plan_;
  ScriptedDay day_;
  base::SeededRandom dice_;
  Tally tally_;
  std::vector<States> states_;
  std::size_t step_ = 0;
  int kind_ = 0;                                          // of sectors, from 0
  std::unordered_map<std::size_t, std::int64_t*> known_;  // fingerprints of disks already judged in this step
  std::string what_;
};

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  operations = std::max(operations, other.operations);
  cuts += other.cuts;
  cuts_in_recovery += other.cuts_in_recovery;
  disks += other.disks;
  found_before += other.found_before;
  found_after += other.found_after;
  lost += other.lost;
  corrupt += other.corrupt;
  wrong += other.wrong;
  stuck += other.stuck;
  for (const auto& example : other.examples)
    if (examples.size() < kExamplesOfCuts) examples.push_back(example);
  return *this;
}

Tally cut_everywhere(const CutPlan& plan) { return Cutter(plan).run(); }

}  // namespace crash
