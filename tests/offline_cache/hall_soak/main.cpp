// hall_soak [--days N] [--seed S] [--visits N]
// A busy hall in virtual time: residents apply and take numbers; the platform misbehaves and is away for hours, the disk fills up
// and fails, clocks leap, the power is cut and the process is killed in the middle of whatever it does. Queue, courier, ticket
// ledger and audit log are the real ones, the platform is a process of its own; only time and the databases' disk are simulated.
// After the last day all faults end and everything has to arrive. Exit code 0: nothing lost, doubled, out of order or
// unexplained, and every kind of fault really occurred. The same seed makes the same plan; the network gives the moments.
#include <sys/resource.h>

#include <map>
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

int main(int count, char** arguments) {
  std::map<std::string, int> options{{"--days", 30}, {"--seed", 1}, {"--visits", 300}};
  for (int i = 1; i + 1 < count; i += 2) options[arguments[i]] = std::atoi(arguments[i + 1]);
#ifdef NDEBUG
  options["this build has no failpoints"] = 1;
#endif
  if (options.size() != 3 || options["--days"] < 1) {
    std::fputs("hall_soak [--days N] [--seed S] [--visits N]   (not in a release: it needs the failpoints)\n", stderr);
    return 2;
  }
  base::log::quiet();
  fmt::print("seed {}\n", options["--seed"]);
  const auto start = std::chrono::steady_clock::now();
  HallOfResidents hall(static_cast<std::uint64_t>(options["--seed"]), options["--visits"]);
  hall.live(options["--days"]);
  return print(hall, options["--days"], std::chrono::steady_clock::now() - start) ? 0 : 1;
}
