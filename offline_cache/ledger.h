// The durable book of queue numbers given on this terminal. Facts: gateway §5.
//
// A number is written down and synced before anybody sees it, so a crash leaves a gap and never a double. Three sources, whose
// labels cannot meet:
//
//   platform  "A017"  counted by the platform on demand, for the whole hall
//   reserve   "A704"  from a block the platform leased to this terminal for the day (from kFirstReserve upwards)
//   own       "AC07"  series, this terminal's letters, own count: without an end, when neither is to be had
//
// One id has one label for ever: asking again with the same id answers the same ticket.
//
// The day of a number is the hall's own date, from the injected clock and zone. It moves when a synchronised clock shows another
// date, or forward when the machine's own clock agrees that the time has passed: a clock that jumps, a dead battery or a night
// without network can make the own count go on, never begin again among papers of the same day.
//
// Errors: save_disk_full (nothing was changed), save_io_error and save_store_corrupt (open it again and ask find()).
// Thread: one. The file is locked: one process.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/uuid.h"

namespace offline_cache {

enum class TicketSource : std::uint8_t { platform = 1, reserve, own };

inline constexpr int kFirstReserve = 700;  // numbers of a day from here on are leased in blocks
inline constexpr int kReserveBlock = 20;   // numbers
inline constexpr std::size_t kLongestLabel = 16;
inline constexpr std::int64_t kKeptTickets = 20'000;  // newest reported ones

struct Ticket {
  base::Uuid id;
  char series = 'A';  // A to Z
  std::chrono::year_month_day day{};
  std::string label;
  TicketSource source = TicketSource::own;
  base::WallTime issued;
  bool clock_synchronised = false;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

// Numbers first..last of a series and day are this terminal's. A block of a later epoch replaces the earlier ones of its series
// and day: the platform has begun its count anew.
struct NumberBlock {
  char series = 'A';
  std::chrono::year_month_day day{};
  std::int64_t epoch = 0;
  int first = 0, last = 0;
};

// Where this terminal stands: its hall and what makes its own labels its own.
struct TicketPlace {
  std::string hall;     // "HP"
  std::string letters;  // "C"; A to Z, fixed when the terminal is named
};
// "HP-03" is terminal C of hall HP. Terminals beyond Z have two letters.
TicketPlace ticket_place(const std::string& terminal);

struct HallTime {
  std::function<std::chrono::year_month_day(base::WallTime)> date;  // in the hall
  std::function<bool()> synchronised;
};

class Ledger {
 public:
  virtual ~Ledger() = default;

  // The day on which a number given now would count.
  virtual base::Result<std::chrono::year_month_day> today() = 0;
  virtual base::Result<std::optional<Ticket>> find(const base::Uuid& id) = 0;
  // The platform's number. When this id has a ticket already, that one. ticket_taken: the label was given to another id on that
  // day.
  virtual base::Result<Ticket> keep(const base::Uuid& id, char series, std::chrono::year_month_day day,
                                    const std::string& label) = 0;
  // From the reserve, or of its own count.
  virtual base::Result<Ticket> issue(const base::Uuid& id, char series) = 0;

  virtual base::Status add_block(const NumberBlock& block) = 0;  // known ones are not added twice
  virtual base::Result<int> reserve_left(char series) = 0;       // for today

  // The oldest one given without the platform that it does not know of.
  virtual base::Result<std::optional<Ticket>> unreported() = 0;
  virtual base::Status reported(const base::Uuid& id) = 0;
};

// `data/tickets/tickets.db`, made when missing. A damaged file is set aside, and the own count begins at a number that cannot
// have been given (the file's name says when): own labels never repeat, reserve blocks are given up.
base::Result<std::unique_ptr<Ledger>> open_ledger(const std::filesystem::path& data, TicketPlace place, HallTime time,
                                                  const base::Clock& clock);

}  // namespace offline_cache
