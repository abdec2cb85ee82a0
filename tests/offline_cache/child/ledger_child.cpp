// Gives queue numbers for ever and says each one: "ledger_child FOLDER ROUND". To be killed.
#include <cstdio>

#include "base/random.h"
#include "offline_cache/ledger.h"

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const base::SystemClock clock;
  base::SystemRandom random;
  base::UuidSource ids(clock, random);
  const std::chrono::year_month_day day = std::chrono::year{2026} / 11 / 23;
  auto ledger = offline_cache::open_ledger(arguments[1], offline_cache::ticket_place("HP-03"),
                                           {[day](base::WallTime) { return day; }, [] { return true; }}, clock);
  if (!ledger) return 3;
  const int first = offline_cache::kFirstReserve + 20 * std::atoi(arguments[2]);
  (void)(*ledger)->add_block({'A', day, 1, first, first + 19});
  for (;;) {
    const auto ticket = (*ledger)->issue(ids.next(), 'A');
    if (!ticket) return 4;
    std::puts(ticket->label.c_str());
    std::fflush(stdout);
  }
}
