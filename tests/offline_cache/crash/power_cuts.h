// Cuts the power of a scripted day at every operation and compares what is found with the oracle.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crash {

struct CutPlan {
  std::uint64_t seed = 1;
  int times = 1;                           // each operation × loss × sector size is cut this often, with other dice
  int nested = 0;                          // of so many cuts one, recovery is cut too (0: never)
  int stride = 1;                          // each operation × loss with one of so many kinds of sectors, in turn; 1: with all 4
  std::vector<std::int64_t> operations{};  // only these; empty: every one
};

// What happened; the four at the bottom have to stay zero.
struct Tally {
  std::int64_t operations = 0;  // of the day
  std::int64_t cuts = 0, cuts_in_recovery = 0;
  std::int64_t disks = 0;                          // that differed; cuts that leave the same bytes behind are looked at once
  std::int64_t found_before = 0, found_after = 0;  // the step under way had not, or had, taken effect
  std::int64_t lost = 0;                           // an acknowledged step was not found
  std::int64_t corrupt = 0;                        // the queue did not open, or its self check failed
  std::int64_t wrong = 0;                          // states that never were, or a payload with other bytes
  std::int64_t stuck = 0;                          // it opened, and took no new application
  std::vector<std::string> examples;               // of the four, at most 10, with what repeats them

  bool clean() const { return lost == 0 && corrupt == 0 && wrong == 0 && stuck == 0; }
  Tally& operator+=(const Tally& other);
};

Tally cut_everywhere(const CutPlan& plan);

}  // namespace crash
