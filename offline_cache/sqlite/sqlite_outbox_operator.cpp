// What staff and the operator see and do.
#include "offline_cache/receipt_code.h"
#include "offline_cache/sqlite/columns.h"
#include "offline_cache/sqlite/part_tables.h"
#include "offline_cache/sqlite/sqlite_outbox.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Result;
using base::Status;

#define LINLI_LISTED                                                                                     \
  "SELECT seq,st,sid,receipt,created_utc,srv_no,failure,reason,started,last_http,last_curl,probe,parts," \
  "(SELECT coalesce(sum(size),0) FROM part WHERE part.app=seq) FROM app WHERE seq>?1 "
constexpr std::string_view kAll = LINLI_LISTED "ORDER BY seq LIMIT ?2";
constexpr std::string_view kInState = LINLI_LISTED "AND st=?3 ORDER BY seq LIMIT ?2";
#undef LINLI_LISTED

Listed listed_at(const Statement& row) {
  Listed listed;
  listed.row = row.integer(0);
  listed.stored.state = static_cast<State>(row.integer(1));
  listed.stored.id.bytes = array_of<decltype(base::Uuid::bytes)>(row.text(2));
  listed.stored.receipt_code = receipt_code(static_cast<std::uint32_t>(row.integer(3)));
  listed.stored.created = wall_time(row.integer(4));
  listed.stored.number = row.text(5);
  listed.failure = row.text(6);
  listed.reason = row.text(7);
  listed.attempts = static_cast<int>(row.integer(8));
  listed.last_http = static_cast<int>(row.integer(9));
  listed.last_curl = static_cast<int>(row.integer(10));
  listed.probe = row.integer(11) != 0;
  listed.attachments = static_cast<int>(row.integer(12));
  listed.attachment_bytes = row.integer(13);
  return listed;
}

Status refused(std::string_view why) { return base::Error{Failure::save_action_refused, std::string(why)}; }

}  // namespace

Result<SqliteOutbox::Known> SqliteOutbox::known(const base::Uuid& id) {
  auto row = database_.query("SELECT seq,st FROM app WHERE sid=?").bind_blob(blob_of(id.bytes));
  const auto found = row.step();
  if (!found) return found.error();
  if (!*found) return base::Error{Failure::save_action_refused, "there is no such application"};
  return Known{row.integer(0), static_cast<State>(row.integer(1))};
}

// `change` gets the row, inside a transaction.
template <class Change>
Status SqliteOutbox::act(const base::Uuid& id, Change change) {
  return with_ballast(ballast_, [&]() -> Status {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    pending_ = counts_;
    const auto row = known(id);
    if (!row) return row.error();
    if (auto status = change(*row); !status) return status;
    if (auto status = transaction->commit(); !status) return status;
    counts_ = pending_;
    return {};
  });
}

Status SqliteOutbox::retry(const base::Uuid& id) {
  return act(id, [&](const Known& row) -> Status {
    if (row.state != State::held) return refused("only what is HELD can be tried again");
    auto clean =
        database_.query("UPDATE app SET finished=started,failure=NULL,reason=NULL,probe=0 WHERE seq=?").bind(row.row).run();
    return clean ? move(row.row, State::held, State::queued) : clean;
  });
}

Status SqliteOutbox::hold(const base::Uuid& id, std::string_view why) {
  return act(id, [&](const Known& row) -> Status {
    if (row.state != State::queued) return refused("only what waits can be held");
    auto noted = database_.query("UPDATE app SET reason=? WHERE seq=?").bind(why.substr(0, kLongestReason)).bind(row.row).run();
    return noted ? move(row.row, State::queued, State::held) : noted;
  });
}

Status SqliteOutbox::discard(const base::Uuid& id, std::string_view why) {
  return act(id, [&](const Known& row) -> Status {
    if (row.state != State::held && row.state != State::rejected) return refused("only what is HELD or REJECTED can be given up");
    auto noted =
        database_.query("UPDATE app SET reason=?,probe=0 WHERE seq=?").bind(why.substr(0, kLongestReason)).bind(row.row).run();
    if (!noted) return noted;
    if (auto status = move(row.row, row.state, State::tombstone); !status) return status;
    auto erased = database_.query("DELETE FROM payload WHERE seq=?").bind(row.row).run();
    return erased ? erase_parts(row.row, database_) : erased;
  });
}

Result<std::vector<Listed>> SqliteOutbox::list(std::optional<State> state, std::int64_t after_row, int most) {
  std::vector<Listed> all;
  auto query = database_.query(state ? kInState : kAll).bind(after_row).bind(most);
  auto rows = state ? std::move(query).bind(static_cast<std::int64_t>(*state)) : std::move(query);
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return all;
    all.push_back(listed_at(rows));
  }
}

Result<std::vector<Attempt>> SqliteOutbox::attempts(const base::Uuid& id) {
  const auto row = known(id);
  if (!row) return row.error();
  std::vector<Attempt> all;
  auto rows = database_.query("SELECT n,t0,t1,http,curl,failure FROM attempt WHERE app=? ORDER BY n").bind(row->row);
  for (;;) {
    const auto found = rows.step();
    if (!found) return found.error();
    if (!*found) return all;
    Attempt attempt{static_cast<int>(rows.integer(0)), wall_time(rows.integer(1)),        std::nullopt,
                    static_cast<int>(rows.integer(3)), static_cast<int>(rows.integer(4)), rows.text(5)};
    if (!rows.is_null(2)) attempt.finished = wall_time(rows.integer(2));
    all.push_back(std::move(attempt));
  }
}

Result<std::vector<Part>> SqliteOutbox::parts(std::int64_t row) { return list_parts(row, false, database_); }

Result<std::string> SqliteOutbox::read_part(std::int64_t row, int ordinal, std::int64_t offset) {
  return read_piece(row, ordinal, offset, database_);
}

Result<std::optional<Envelope>> SqliteOutbox::envelope(std::int64_t row) {
  auto found =
      database_
          .query(
              "SELECT sid,bytes,app.pt_sha256,app.ct_sha256,ver,suite,kid,app.created_utc,clock_q FROM app JOIN payload ON "
              "payload.seq=app.seq WHERE app.seq=?")
          .bind(row);
  const auto read = found.step();
  if (!read) return read.error();
  if (!*read) return std::optional<Envelope>();
  Envelope envelope;
  envelope.id.bytes = array_of<decltype(envelope.id.bytes)>(found.text(0));
  envelope.bytes = found.text(1);
  envelope.plaintext_digest = array_of<Digest>(found.text(2));
  envelope.digest = array_of<Digest>(found.text(3));
  envelope.version = static_cast<int>(found.integer(4));
  envelope.suite = static_cast<int>(found.integer(5));
  envelope.key_id = found.text(6);
  envelope.created = wall_time(found.integer(7));
  envelope.clock_synchronised = found.integer(8) != 0;
  return std::optional(std::move(envelope));
}

}  // namespace offline_cache
