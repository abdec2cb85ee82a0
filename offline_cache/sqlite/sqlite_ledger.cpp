#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/log.h"
#include "offline_cache/ledger.h"
#include "offline_cache/sqlite/boot_id.h"
#include "offline_cache/sqlite/database.h"
#include "offline_cache/sqlite/folder_lock.h"
#include "offline_cache/sqlite/ledger_file.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using std::chrono::year_month_day;

constexpr int kLongLog = 500;              // pages, then the log is folded in
constexpr int kOwnCountAfterDamage = 500;  // far above what one terminal gives in a day, once more for each damage
constexpr std::chrono::minutes kClocksAgree{5};
constexpr std::chrono::hours kLongestHoliday{24 * 16};

std::string text_of(const year_month_day& day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

year_month_day day_of(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &day) != 3) return {};
  return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
}

std::string_view series_text(const char& series) { return {&series, 1}; }

constexpr std::string_view kColumns = "id,series,day,label,source,issued_ms,clock_q";

Ticket ticket_at(const Statement& row) {
  Ticket ticket;
  ticket.id = base::Uuid::parse(row.text(0)).value_or(base::Uuid{});
  const auto series = row.text(1);
  ticket.series = series.empty() ? '?' : series.front();
  ticket.day = day_of(row.text(2));
  ticket.label = row.text(3);
  ticket.source = static_cast<TicketSource>(row.integer(4));
  ticket.issued = base::WallTime(std::chrono::milliseconds(row.integer(5)));
  ticket.clock_synchronised = row.integer(6) != 0;
  return ticket;
}

class SqliteLedger final : public Ledger {
 public:
  SqliteLedger(FolderLock lock, Database database, TicketPlace place, HallTime time, const base::Clock& clock)
      : lock_(std::move(lock)), database_(std::move(database)), place_(std::move(place)), time_(std::move(time)), clock_(clock) {}

  base::Result<year_month_day> today() override;
  base::Result<std::optional<Ticket>> find(const base::Uuid& id) override;
  base::Result<Ticket> keep(const base::Uuid& id, char series, year_month_day day, const std::string& label) override;
  base::Result<Ticket> issue(const base::Uuid& id, char series) override;
  base::Status add_block(const NumberBlock& block) override;
  base::Result<int> reserve_left(char series) override;
  base::Result<std::optional<Ticket>> unreported() override;
  base::Status reported(const base::Uuid& id) override;

 private:
  base::Result<std::string> advance_day();
  bool time_has_passed(std::int64_t wall_ms, const std::string& boot, std::int64_t boot_ms) const;
  std::chrono::milliseconds wall_now() const;
  std::chrono::milliseconds boot_now() const;
  base::Status note_time();
  base::Result<std::optional<std::string>> take_reserve(char series, const std::string& day);
  base::Result<std::string> take_own(char series, const std::string& day);
  base::Status insert(const Ticket& ticket, bool reported);
  Ticket blank(const base::Uuid& id, char series, const std::string& day) const;
  void fold_log();

  FolderLock lock_;
  Database database_;
  TicketPlace place_;
  HallTime time_;
  const base::Clock& clock_;
  std::string boot_ = boot_id();
};

// Moves to another date when a synchronised clock shows it, or forward when both clocks agree that the time has passed. The first
// day ever may have come from a clock nobody trusts: the day after it carries its counts on.
base::Result<std::string> SqliteLedger::advance_day() {
  const bool synchronised = time_.synchronised();
  const std::string now = text_of(time_.date(clock_.wall()));
  std::string known;
  bool trusted = false, plausible = false;
  {
    auto asked = database_.query("SELECT day,trusted,wall_ms,boot,boot_ms FROM state");
    const auto row = asked.step();
    if (!row) return row.error();
    if (!*row) return base::Error{Failure::save_store_corrupt, "the ledger has no state"};
    known = asked.text(0);
    trusted = asked.integer(1) != 0;
    plausible = time_has_passed(asked.integer(2), asked.text(3), asked.integer(4));
  }
  const bool moves = known.empty() || (now != known && (synchronised || (now > known && plausible)));
  if (!moves && (trusted || !synchronised || now != known)) return known;
  const std::string carried = moves && !trusted ? known : std::string();
  auto status = moves ? database_.query("UPDATE state SET day=?,carried=?,trusted=?")
                            .bind(std::string_view(now))
                            .bind(std::string_view(carried))
                            .bind(std::int64_t{synchronised || plausible ? 1 : 0})
                            .run()
                      : database_.run("UPDATE state SET trusted=1");
  if (!status) return status.error();
  return now;
}

// Whether the wall clock went as far since the last number as the machine's own clock; after a restart of the machine, which
// nothing measures, whether it went forward by no more than a holiday.
bool SqliteLedger::time_has_passed(std::int64_t wall_ms, const std::string& boot, std::int64_t boot_ms) const {
  const auto wall = wall_now() - std::chrono::milliseconds(wall_ms);
  if (boot.empty()) return false;
  if (boot != boot_) return wall >= std::chrono::milliseconds(0) && wall <= kLongestHoliday;
  return std::chrono::abs(wall - (boot_now() - std::chrono::milliseconds(boot_ms))) <= kClocksAgree;
}

std::chrono::milliseconds SqliteLedger::wall_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(clock_.wall().time_since_epoch());
}
std::chrono::milliseconds SqliteLedger::boot_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(clock_.now().time_since_epoch());
}

base::Status SqliteLedger::note_time() {
  return database_.query("UPDATE state SET wall_ms=?,boot=?,boot_ms=?")
      .bind(std::int64_t{wall_now().count()})
      .bind(std::string_view(boot_))
      .bind(std::int64_t{boot_now().count()})
      .run();
}

base::Result<year_month_day> SqliteLedger::today() {
  auto day = advance_day();
  if (!day) return day.error();
  return day_of(*day);
}

base::Result<std::optional<Ticket>> SqliteLedger::find(const base::Uuid& id) {
  static const std::string kFind = fmt::format("SELECT {} FROM ticket WHERE id=?", kColumns);
  const std::string text = id.text();
  auto asked = database_.query(kFind).bind(std::string_view(text));
  const auto row = asked.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Ticket>();
  return std::optional(ticket_at(asked));
}

Ticket SqliteLedger::blank(const base::Uuid& id, char series, const std::string& day) const {
  Ticket ticket{id, series, day_of(day), {}, TicketSource::own, {}, time_.synchronised()};
  ticket.issued = std::chrono::floor<std::chrono::milliseconds>(clock_.wall());
  return ticket;
}

base::Status SqliteLedger::insert(const Ticket& ticket, bool reported) {
  const std::string id = ticket.id.text(), day = text_of(ticket.day);
  const auto issued = std::chrono::floor<std::chrono::milliseconds>(ticket.issued.time_since_epoch()).count();
  return database_.query("INSERT INTO ticket(id,series,day,label,source,issued_ms,clock_q,reported) VALUES(?,?,?,?,?,?,?,?)")
      .bind(std::string_view(id))
      .bind(series_text(ticket.series))
      .bind(std::string_view(day))
      .bind(std::string_view(ticket.label))
      .bind(static_cast<std::int64_t>(ticket.source))
      .bind(static_cast<std::int64_t>(issued))
      .bind(std::int64_t{ticket.clock_synchronised ? 1 : 0})
      .bind(std::int64_t{reported ? 1 : 0})
      .run();
}

base::Result<Ticket> SqliteLedger::keep(const base::Uuid& id, char series, year_month_day day, const std::string& label) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto found = find(id);
  if (!found) return found.error();
  if (*found) return **std::move(found);
  const std::string day_text = text_of(day);
  const auto taken = database_.query("SELECT count(*) FROM ticket WHERE day=? AND label=?")
                         .bind(std::string_view(day_text))
                         .bind(std::string_view(label))
                         .number();
  if (!taken) return taken.error();
  if (*taken != 0) return base::Error{Failure::ticket_taken, label + " was given before on that day"};
  Ticket ticket = blank(id, series, day_text);
  ticket.label = label;
  ticket.source = TicketSource::platform;
  if (auto status = insert(ticket, true); !status) return status.error();
  if (auto status = transaction->commit(); !status) return status.error();
  fold_log();
  return ticket;
}

base::Result<std::optional<std::string>> SqliteLedger::take_reserve(char series, const std::string& day) {
  std::int64_t epoch = 0, first = 0, number = 0;
  {
    auto asked = database_
                     .query(
                         "SELECT epoch,first,used+1 FROM block WHERE series=?1 AND day=?2 AND used<last AND "
                         "epoch=(SELECT max(epoch) FROM block WHERE series=?1 AND day=?2) ORDER BY first LIMIT 1")
                     .bind(series_text(series))
                     .bind(std::string_view(day));
    const auto row = asked.step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::string>();
    epoch = asked.integer(0);
    first = asked.integer(1);
    number = asked.integer(2);
  }
  auto status = database_.query("UPDATE block SET used=? WHERE series=? AND day=? AND epoch=? AND first=?")
                    .bind(number)
                    .bind(series_text(series))
                    .bind(std::string_view(day))
                    .bind(epoch)
                    .bind(first)
                    .run();
  if (!status) return status.error();
  return std::optional(fmt::format("{}{:03}", series, number));
}

base::Result<std::string> SqliteLedger::take_own(char series, const std::string& day) {
  auto asked = database_
                   .query(
                       "INSERT INTO counter(series,day,last) VALUES(?1,?2,1+(SELECT max(base,coalesce((SELECT last FROM "
                       "counter WHERE series=?1 AND day=carried),0)) FROM state)) "
                       "ON CONFLICT(series,day) DO UPDATE SET last=last+1 RETURNING last")
                   .bind(series_text(series))
                   .bind(std::string_view(day));
  const auto row = asked.step();
  if (!row) return row.error();
  if (!*row) return base::Error{Failure::save_store_corrupt, "the count did not answer"};
  return fmt::format("{}{}{:02}", series, place_.letters, asked.integer(0));
}

base::Result<Ticket> SqliteLedger::issue(const base::Uuid& id, char series) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto found = find(id);
  if (!found) return found.error();
  if (*found) return **std::move(found);
  const auto day = advance_day();
  if (!day) return day.error();
  Ticket ticket = blank(id, series, *day);
  auto reserve = take_reserve(series, *day);
  if (!reserve) return reserve.error();
  if (*reserve) {
    ticket.source = TicketSource::reserve;
    ticket.label = **std::move(reserve);
  } else {
    auto own = take_own(series, *day);
    if (!own) return own.error();
    ticket.label = *std::move(own);
  }
  if (auto status = insert(ticket, false); !status) return status.error();
  if (auto status = note_time(); !status) return status.error();
  if (auto status = transaction->commit(); !status) return status.error();
  fold_log();
  return ticket;
}

base::Status SqliteLedger::add_block(const NumberBlock& block) {
  if (block.series < 'A' || block.series > 'Z' || block.first < kFirstReserve || block.last < block.first || block.epoch < 1)
    return base::Error{Failure::ticket_block_bad, "a block of numbers that cannot be"};
  const std::string day = text_of(block.day);
  return database_.query("INSERT OR IGNORE INTO block(series,day,epoch,first,last,used) VALUES(?1,?2,?3,?4,?5,?4-1)")
      .bind(series_text(block.series))
      .bind(std::string_view(day))
      .bind(block.epoch)
      .bind(std::int64_t{block.first})
      .bind(std::int64_t{block.last})
      .run();
}

base::Result<int> SqliteLedger::reserve_left(char series) {
  const auto day = advance_day();
  if (!day) return day.error();
  const auto left = database_
                        .query(
                            "SELECT coalesce(sum(last-used),0) FROM block WHERE series=?1 AND day=?2 AND "
                            "epoch=(SELECT max(epoch) FROM block WHERE series=?1 AND day=?2)")
                        .bind(series_text(series))
                        .bind(std::string_view(*day))
                        .number();
  if (!left) return left.error();
  return static_cast<int>(*left);
}

base::Result<std::optional<Ticket>> SqliteLedger::unreported() {
  static const std::string kOldest = fmt::format("SELECT {} FROM ticket WHERE reported=0 ORDER BY seq LIMIT 1", kColumns);
  auto asked = database_.query(kOldest);
  const auto row = asked.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Ticket>();
  return std::optional(ticket_at(asked));
}

base::Status SqliteLedger::reported(const base::Uuid& id) {
  const std::string text = id.text();
  auto status = database_.query("UPDATE ticket SET reported=1 WHERE id=?").bind(std::string_view(text)).run();
  fold_log();
  return status;
}

// Nothing here is needed for safety. Counts of days are kept: a clock that goes back must find them.
void SqliteLedger::fold_log() {
  if (database_.log_pages() < kLongLog) return;
  (void)database_.query("DELETE FROM ticket WHERE reported=1 AND seq<=(SELECT max(seq) FROM ticket)-?").bind(kKeptTickets).run();
  (void)database_.checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

}  // namespace

TicketPlace ticket_place(const std::string& terminal) {
  const auto dash = terminal.rfind('-');
  TicketPlace place{terminal.substr(0, dash), {}};
  unsigned number = 0;
  for (const char c : dash == terminal.npos ? std::string() : terminal.substr(dash + 1))
    number = c >= '0' && c <= '9' && number < 1'000'000 ? number * 10 + static_cast<unsigned>(c - '0') : number;
  for (number = std::max(number, 1U); number > 0; number = (number - 1) / 26)
    place.letters.insert(place.letters.begin(), static_cast<char>('A' + (number - 1) % 26));
  return place;
}

base::Result<std::unique_ptr<Ledger>> open_ledger(const fs::path& data, TicketPlace place, HallTime time,
                                                  const base::Clock& clock) {
  const fs::path folder = data / "tickets";
  auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  const int damages = ledgers_set_aside(folder);
  auto database = open_ledger_file(folder / "tickets.db", std::int64_t{damages} * kOwnCountAfterDamage);
  if (!database && database.error().failure == Failure::save_store_corrupt) {
    base::log::failure(database.error());
    const auto number = set_ledger_aside(folder);
    if (!number) return number.error();
    database = open_ledger_file(folder / "tickets.db", std::int64_t{*number} * kOwnCountAfterDamage);
  }
  if (!database) return database.error();
  if (auto synced = base::sync_folder(folder); !synced) return synced.error();
  return std::unique_ptr<Ledger>(
      std::make_unique<SqliteLedger>(*std::move(lock), *std::move(database), std::move(place), std::move(time), clock));
}

}  // namespace offline_cache
