#include "gateway/ticket_store.h"

#include <fmt/format.h>

#include "gateway/timestamp.h"

namespace gateway {
namespace {

using base::Result;

// The series' row exists afterwards. `epoch` tells a count that was begun anew from the one before it.
base::Status open_series(SqliteDatabase& database, const TicketKey& key, base::WallTime now) {
  auto insert =
      database.prepare("INSERT OR IGNORE INTO ticket_series(hall, series, day, epoch, last, leased) VALUES(?, ?, ?, ?, 0, 699)");
  if (!insert) return insert.error();
  return insert->bind(1, key.hall)
      .bind(2, key.series)
      .bind(3, key.day)
      .bind(4, std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count()})
      .run();
}

Result<Statement> with_key(SqliteDatabase& database, std::string_view sql, const TicketKey& key) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  statement->bind(1, key.hall).bind(2, key.series).bind(3, key.day);
  return statement;
}

}  // namespace

Result<std::optional<std::string>> TicketStore::known_label(std::string_view id) {
  auto asked = database_.prepare("SELECT label FROM ticket WHERE id = ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, id).step();
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>();
  return std::optional(asked->text(0));
}

Result<std::string> TicketStore::count_up(const TicketKey& key) {
  auto update = with_key(database_,
                         "UPDATE ticket_series SET last = CASE WHEN last = 699 THEN 1000 ELSE last + 1 END "
                         "WHERE hall = ?1 AND series = ?2 AND day = ?3 RETURNING last",
                         key);
  if (!update) return update.error();
  const auto row = update->step();
  if (!row) return row.error();
  if (!*row) return base::Error{base::Failure::save_store_corrupt, "a series is missing"};
  return fmt::format("{}{:03}", key.series, update->number(0));
}

// Counters of this hall that call elsewhere, or not at all: then nobody knows how many wait.
Result<std::optional<std::int64_t>> TicketStore::ahead_of(const NewTicket& ticket) {
  auto asked = with_key(database_,
                        "SELECT count(called), count(*) FILTER (WHERE called IS NULL AND (issued, id) < (?4, ?5)) "
                        "FROM ticket WHERE hall = ?1 AND series = ?2 AND day = ?3",
                        ticket.key);
  if (!asked) return asked.error();
  const auto row = asked->bind(4, ticket.issued).bind(5, ticket.id).step();
  if (!row) return row.error();
  if (!*row || asked->number(0) == 0) return std::optional<std::int64_t>();
  return std::optional(asked->number(1));
}

Result<bool> TicketStore::belongs_to_another(const NewTicket& ticket, std::string_view label) {
  auto asked = database_.prepare("SELECT count(*) FROM ticket WHERE hall = ? AND day = ? AND label = ? AND id <> ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, ticket.key.hall).bind(2, ticket.key.day).bind(3, label).bind(4, ticket.id).step();
  if (!row) return row.error();
  return asked->number(0) > 0;
}

// A terminal that did not hear our number in time gave one of its own: that one is on the paper.
base::Status TicketStore::insert(const NewTicket& ticket, std::string_view label) {
  auto insert = with_key(database_,
                         "INSERT INTO ticket(hall, series, day, id, label, terminal, issued) VALUES(?, ?, ?, ?, ?, ?, ?) "
                         "ON CONFLICT(id) DO UPDATE SET label = excluded.label",
                         ticket.key);
  if (!insert) return insert.error();
  return insert->bind(4, ticket.id).bind(5, label).bind(6, ticket.terminal).bind(7, ticket.issued).run();
}

Result<std::optional<IssuedTicket>> TicketStore::put(const NewTicket& ticket, base::WallTime now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto known = known_label(ticket.id);
  if (!known) return known.error();
  IssuedTicket issued;
  issued.repeat = known->has_value() && (ticket.label.empty() || **known == ticket.label);
  if (issued.repeat) {
    issued.label = **known;
  } else {
    if (ticket.label.empty()) {
      if (auto opened = open_series(database_, ticket.key, now); !opened) return opened.error();
      auto label = count_up(ticket.key);
      if (!label) return label.error();
      issued.label = *std::move(label);
    } else {
      issued.label = ticket.label;
    }
    const auto taken = belongs_to_another(ticket, issued.label);
    if (!taken) return taken.error();
    if (*taken) return std::optional<IssuedTicket>();
    if (auto kept = insert(ticket, issued.label); !kept) return kept.error();
  }
  auto ahead = ahead_of(ticket);
  if (!ahead) return ahead.error();
  issued.ahead = *ahead;
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return std::optional(std::move(issued));
}

Result<std::optional<NumberLease>> TicketStore::lease(const TicketKey& key, std::string_view terminal, std::string_view request,
                                                      base::WallTime now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const std::string asked_for = fmt::format("{} {} {} {}", key.hall, key.series, key.day, terminal);
  {
    auto known = database_.prepare("SELECT asked_for, epoch, first, last FROM ticket_lease WHERE request = ?");
    if (!known) return known.error();
    const auto row = known->bind(1, request).step();
    if (!row) return row.error();
    if (*row)
      return std::optional(NumberLease{known->number(1), static_cast<int>(known->number(2)), static_cast<int>(known->number(3)),
                                       known->text(0) != asked_for});
  }
  if (auto opened = open_series(database_, key, now); !opened) return opened.error();
  NumberLease lease;
  {
    auto update = with_key(database_,
                           "UPDATE ticket_series SET leased = leased + ?4 WHERE hall = ?1 AND series = ?2 "
                           "AND day = ?3 AND leased + ?4 <= ?5 RETURNING epoch, leased",
                           key);
    if (!update) return update.error();
    const auto row = update->bind(4, std::int64_t{kReserveBlock}).bind(5, std::int64_t{kLastReserve}).step();
    if (!row) return row.error();
    if (!*row) return std::optional<NumberLease>();
    lease.epoch = update->number(0);
    lease.last = static_cast<int>(update->number(1));
    lease.first = lease.last - kReserveBlock + 1;
  }
  auto insert =
      database_.prepare("INSERT INTO ticket_lease(request, asked_for, epoch, first, last, at) VALUES(?, ?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  const std::string at = to_timestamp(now);
  const auto inserted = insert->bind(1, request)
                            .bind(2, asked_for)
                            .bind(3, lease.epoch)
                            .bind(4, std::int64_t{lease.first})
                            .bind(5, std::int64_t{lease.last})
                            .bind(6, at)
                            .run();
  if (!inserted) return inserted.error();
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return std::optional(lease);
}

Result<std::optional<CalledTicket>> TicketStore::call(const TicketKey& key, std::string_view request, base::WallTime now) {
  {
    auto known = database_.prepare("SELECT id, label FROM ticket WHERE call_request = ?");
    if (!known) return known.error();
    const auto row = known->bind(1, request).step();
    if (!row) return row.error();
    if (*row) return std::optional(CalledTicket{known->text(0), known->text(1)});
  }
  auto update = with_key(database_,
                         "UPDATE ticket SET called = ?4, call_request = ?5 WHERE id = (SELECT id FROM ticket WHERE hall = ?1 AND "
                         "series = ?2 AND day = ?3 AND called IS NULL ORDER BY issued, id LIMIT 1) RETURNING id, label",
                         key);
  if (!update) return update.error();
  const std::string at = to_timestamp(now);
  const auto row = update->bind(4, at).bind(5, request).step();
  if (!row) return row.error();
  if (!*row) return std::optional<CalledTicket>();
  CalledTicket called{update->text(0), update->text(1)};
  update->reset();
  return std::optional(std::move(called));
}

}  // namespace gateway
