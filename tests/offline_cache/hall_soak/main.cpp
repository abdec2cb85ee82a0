// hall_soak: a busy hall in virtual time: residents apply and take numbers; the platform misbehaves and is away for hours, the
// disk fills up and fails, clocks leap, the power is cut and the process is killed in the middle of whatever it does. Queue,
// courier, ticket ledger and audit log are the real ones, the platform is a process of its own; only time and the databases' disk
// are simulated. After the last day all faults end and everything has to arrive. Exit code 0: nothing lost, doubled, out of order
// or unexplained, and every kind of fault really occurred. The same seed makes the same plan; the network gives the moments.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <string>

#include "tests/offline_cache/hall_soak/hall_of_residents.h"

namespace {

using offline_cache::hall_soak::HallOfResidents;
using offline_cache::hall_soak::Tally;

bool print(const HallOfResidents& hall, int days, std::chrono::duration<double> took) {
  const Tally& tally = hall.tally();
  fmt::print("\n");
  int faulted = 0;
  for (const auto& [name, times] : hall.server().tally()) faulted += name == "honest" ? 0 : times;
  for (const auto& [name, times] : tally.faults) fmt::print("{:>8}  {}\n", times, name);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:>8}  requests served wrongly, of {}\n", faulted, hall.server().puts());
  fmt::print(
      "proof: {} days, {} visits: {} applications saved, {} not saved and told so, {} tickets, {} audit records; {} s, {} MiB\n",
      days, tally.visits, tally.saved, tally.not_saved, tally.tickets, tally.audit_records, static_cast<int>(took.count()),
      usage.ru_maxrss / 1024);
  for (const auto& wrong : tally.wrong) fmt::print("  WRONG: {}\n", wrong);
  bool vacuous = faulted == 0 || tally.saved == 0 || tally.tickets == 0;
  for (const auto* name : {"platform away", "clock leaps", "power cut", "killed"})
    vacuous = vacuous || !tally.faults.contains(name);
  if (vacuous) fmt::print("a fault never occurred: this run proves too little\n");
  return tally.wrong.empty() && !vacuous;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Days of a busy hall in virtual time, with all faults at once; then everything has to arrive.");
  int days = 30, visits = 300;
  std::uint64_t seed = 1;
  app.add_option("--days", days, "how many")->capture_default_str()->check(CLI::PositiveNumber);
  app.add_option("--seed", seed, "of the plan")->capture_default_str();
  app.add_option("--visits", visits, "a day")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
#ifdef NDEBUG
  fmt::print("This is a release, which has none of the failpoints it needs.\n");
  return 2;
#endif
  base::log::quiet();
  fmt::print("seed {}\n", seed);
  const auto start = std::chrono::steady_clock::now();
  HallOfResidents hall(seed, visits);
  hall.live(days);
  return print(hall, days, std::chrono::steady_clock::now() - start) ? 0 : 1;
}
