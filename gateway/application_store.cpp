#include "gateway/application_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/store_schema.h"
#include "gateway/timestamp.h"

namespace gateway {
namespace {

#define LINLI_RECORD "id, number, terminal, service, service_version, received, plaintext_sha256, envelope_sha256"
constexpr std::string_view kFind = "SELECT " LINLI_RECORD " FROM application WHERE id = ?";
constexpr std::string_view kEach = "SELECT " LINLI_RECORD ", envelope FROM application ORDER BY seq";
constexpr std::string_view kInsert = "INSERT INTO application(" LINLI_RECORD ", envelope) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
#undef LINLI_RECORD
constexpr int kEnvelopeColumn = 8;
constexpr std::string_view kInsertEvent = "INSERT INTO event(application, state, at) VALUES(?, 'received', ?)";
// A year that has begun never ends by a clock that steps back.
constexpr std::string_view kCountUp =
    "UPDATE last_number SET count = CASE WHEN ?1 > year THEN 1 ELSE count + 1 END, year = max(year, ?1) "
    "RETURNING year, count";

Digest digest_at(const Statement& row, int column) {
  Digest digest{};
  const std::string bytes = row.blob(column);
  if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

StoredApplication record_at(const Statement& row) {
  return {row.text(0), row.text(1),       row.text(2),      {row.text(3), static_cast<int>(row.number(4))},
          row.text(5), digest_at(row, 6), digest_at(row, 7)};
}

std::int64_t year_of(base::WallTime now) {
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
}

}  // namespace

base::Result<ApplicationStore> ApplicationStore::open(const std::filesystem::path& file, SqliteDatabase::Missing missing) {
  auto database = SqliteDatabase::open(file, missing);
  if (!database) return database.error();
  if (auto ready = prepare_store(*database); !ready) return ready.error();
  auto find = database->prepare(kFind);
  auto count_up = database->prepare(kCountUp);
  auto insert = database->prepare(kInsert);
  auto insert_event = database->prepare(kInsertEvent);
  for (const auto* statement : {&find, &count_up, &insert, &insert_event})
    if (!*statement) return statement->error();
  return ApplicationStore(*std::move(database),
                          {*std::move(find), *std::move(count_up), *std::move(insert), *std::move(insert_event)});
}

base::Result<std::optional<StoredApplication>> ApplicationStore::find(std::string_view id) {
  const auto row = statements_.find.bind(1, id).step();
  std::optional<StoredApplication> record;
  if (row && *row) record = record_at(statements_.find);
  statements_.find.reset();
  if (!row) return row.error();
  return record;
}

base::Result<std::string> ApplicationStore::next_number(base::WallTime now) {
  auto& statement = statements_.count_up;
  const auto row = statement.bind(1, year_of(now)).step();
  std::string number;
  if (row && *row) number = fmt::format("{:04}-{:06}", statement.number(0), statement.number(1));
  statement.reset();  // the row was changed by the first step
  if (!row) return row.error();
  if (number.empty()) return base::Error{base::Failure::save_store_corrupt, "the last number is missing"};
  return number;
}

base::Status ApplicationStore::insert(const NewApplication& application, const StoredApplication& record) {
  const std::span<const char> envelope(application.envelope);
  auto inserted = statements_.insert.bind(1, record.id)
                      .bind(2, record.number)
                      .bind(3, record.terminal)
                      .bind(4, record.service.id)
                      .bind(5, std::int64_t{record.service.version})
                      .bind(6, record.received)
                      .bind_blob(7, record.plaintext_digest)
                      .bind_blob(8, record.envelope_digest)
                      .bind_blob(9, {reinterpret_cast<const std::uint8_t*>(envelope.data()), envelope.size()})
                      .run();
  if (!inserted) return inserted;
  return statements_.insert_event.bind(1, record.id).bind(2, record.received).run();
}

base::Result<StoredApplication> ApplicationStore::add(const NewApplication& application, base::WallTime now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto number = next_number(now);
  if (!number) return number.error();
  StoredApplication record{std::string(application.id), *std::move(number), std::string(application.terminal),
                           application.service,         to_timestamp(now),  application.plaintext_digest,
                           application.envelope_digest};
  if (auto inserted = insert(application, record); !inserted) return inserted.error();
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return record;
}

base::Result<std::int64_t> ApplicationStore::catalogue_version(const Digest& content, base::WallTime now) {
  auto last = database_.prepare("SELECT version, sha256 FROM catalogue ORDER BY version DESC LIMIT 1");
  if (!last) return last.error();
  const auto row = last->step();
  if (!row) return row.error();
  const std::int64_t version = *row ? last->number(0) : 0;
  if (*row && digest_at(*last, 1) == content) return version;
  last->reset();
  auto insert = database_.prepare("INSERT INTO catalogue(version, sha256, since) VALUES(?, ?, ?)");
  if (!insert) return insert.error();
  const std::string since = to_timestamp(now);
  if (auto inserted = insert->bind(1, version + 1).bind_blob(2, content).bind(3, since).run(); !inserted) return inserted.error();
  return version + 1;
}

base::Result<std::string> ApplicationStore::catalogue_since(std::int64_t version) {
  auto asked = database_.prepare("SELECT since FROM catalogue WHERE version = ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, version).step();
  if (!row) return row.error();
  if (!*row) return base::Error{base::Failure::internal, "no such state of the catalogue"};
  return asked->text(0);
}

base::Status ApplicationStore::for_each(const Visitor& visit) {
  auto rows = database_.prepare(kEach);
  if (!rows) return rows.error();
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    if (auto visited = visit(record_at(*rows), rows->blob(kEnvelopeColumn)); !visited) return visited;
  }
}

}  // namespace gateway
