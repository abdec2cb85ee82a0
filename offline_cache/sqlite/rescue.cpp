#include "offline_cache/sqlite/rescue.h"

#include <algorithm>
#include <fstream>

#include "base/failpoint.h"
#include "base/files.h"
#include "base/log.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sealing/envelope.h"
#include "offline_cache/sqlite/columns.h"
#include "offline_cache/sqlite/part_tables.h"
#include "offline_cache/sqlite/store_files.h"
#include "offline_cache/sqlite/stored_row.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using base::Status;

constexpr std::int64_t kUnreadableInARow = 2000;  // rows; behind such a gap nothing more is expected
constexpr std::int64_t kMostRows = 100'000'000;   // behind a number that was made up
constexpr std::int64_t kTemplateQuota = 64;       // pages

bool payload_fits(const StoredRow& row) {
  if (sha256(row.payload) != row.digest) return false;
  for (const auto& part : row.parts)
    if (sha256(part.bytes) != part.digest) return false;
  const auto header = read_envelope_header(row.payload);
  return header && header->id == row.id;
}

// What the row is in the new queue; false when it cannot be one.
bool make_sound(StoredRow& row, Rescued& rescued) {
  row.row = 0;
  row.started = row.finished = 0;
  if (!has_payload(row.state)) {
    row.payload.clear();
    row.parts.clear();
    return true;
  }
  if (row.payload.empty()) return false;
  if (!payload_fits(row)) {
    row.state = State::held;
    row.probe = 0;
    row.failure = base::entry(Failure::save_store_corrupt).code;
    ++rescued.held;
  } else if (row.state == State::in_flight) {
    row.state = State::queued;
  }
  return true;
}

std::size_t bytes_of(const StoredRow& row) {
  std::size_t bytes = row.payload.size();
  for (const auto& part : row.parts) bytes += part.bytes.size();
  return bytes;
}

// The queue in use, as the rescued rows come into it: a batch is a transaction, and between two of them its log is folded in.
class Haven {
 public:
  explicit Haven(Database& queue) : queue_(queue) {}

  Status take(const StoredRow& row) {
    if (auto begun = begin(); !begun) return begun;
    const auto taken = queue_.query("SELECT 1 FROM app WHERE sid=? OR receipt=?")
                           .bind_blob(blob_of(row.id.bytes))
                           .bind(std::int64_t{row.receipt})
                           .step();
    if (!taken) return taken.error();
    if (*taken) return {};
    if (auto written = write_row(row, queue_); !written) return written;
    ++rescued.rows;
    bytes_ += bytes_of(row);
    return ++rows_ >= kRowsRescuedAtOnce || bytes_ >= kBytesRescuedAtOnce ? end() : Status();
  }
  Status end() {
    if (!batch_) return {};
    auto committed = batch_->commit();
    batch_.reset();
    rows_ = 0;
    bytes_ = 0;
    if (!committed) return committed;
    LINLI_FAILPOINT("rescue-committed");
    return queue_.checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  }

  Rescued rescued;

 private:
  Status begin() {
    if (batch_) return {};
    auto begun = Transaction::begin(queue_);
    if (!begun) return begun.error();
    batch_.emplace(*std::move(begun));
    return {};
  }

  Database& queue_;
  std::optional<Transaction> batch_;
  int rows_ = 0;
  std::size_t bytes_ = 0;
};

std::int64_t highest_row(Database& from) {
  std::int64_t highest = 0;
  for (const std::string_view sql :
       {"SELECT seq FROM sqlite_sequence WHERE name IN ('app','app_1')", "SELECT max(seq) FROM app",
        "SELECT max(seq) FROM payload", "SELECT max(seq) FROM app_1", "SELECT max(app) FROM attempt"})
    if (const auto number = from.number(sql)) highest = std::max(highest, *number);
  return std::min(highest, kMostRows);
}

// The row, or what its payload alone says.
std::optional<StoredRow> read_from(Database& from, RowSource source, std::int64_t seq) {
  {
    auto statement = from.query(select_row(source)).bind(seq);
    if (const auto found = statement.step(); found && *found)
      if (auto row = read_row(statement, source)) return row;
  }
  if (source != RowSource::current) return std::nullopt;
  auto statement = from.query(kSelectPayload).bind(seq);
  const auto found = statement.step();
  return found && *found ? read_payload(statement) : std::nullopt;
}

// 0 in a queue of schema 2, and when the row is lost.
std::int64_t expected_parts(Database& from, std::int64_t seq) {
  const auto parts = from.query("SELECT parts FROM app WHERE seq=?").bind(seq).number();
  return parts ? *parts : 0;
}

// Asks for every row by its number, so that a page that cannot be read costs only the rows on it.
Status copy_rows(Database& from, RowSource source, Haven& into) {
  const std::int64_t known = highest_row(from);
  std::int64_t last = 0;
  for (std::int64_t seq = 1; seq <= known || seq <= last + kUnreadableInARow; ++seq) {
    auto row = read_from(from, source, seq);
    if (!row) continue;
    if (source == RowSource::current) row->parts = salvage_parts(seq, expected_parts(from, seq), from);
    last = seq;
    if (!make_sound(*row, into.rescued)) continue;
    if (auto status = into.take(*row); !status) return status;
  }
  return {};
}

// A table that is not there yields nothing.
Status copy_all(Database& from, Haven& into) {
  const auto version = from.number("PRAGMA user_version");
  for (const RowSource source :
       {version && *version == 1 ? RowSource::version_1 : RowSource::current, RowSource::version_1_renamed})
    if (auto status = copy_rows(from, source, into); !status) return status;
  return into.end();
}

base::Error cannot_lend(const std::string& why) { return {Failure::save_io_error, "no first page can be lent: " + why}; }

Status lend_first_page(const fs::path& model, const fs::path& repaired) {
  auto page = base::read_file(model / "outbox.db");
  if (!page) return page.error();
  page->resize(static_cast<std::size_t>(kPageSize));
  std::error_code error;
  const auto pages = static_cast<std::uint32_t>(fs::file_size(repaired, error) / static_cast<std::uintmax_t>(kPageSize));
  if (error) return cannot_lend(error.message());
  if (pages == 0) return base::Error{Failure::save_store_corrupt, "no page to read"};
  for (const std::uint32_t i : {0U, 1U, 2U, 3U})  // the header's "database size in pages", big-endian
    (*page)[28 + i] = static_cast<char>(static_cast<std::uint8_t>(pages >> (8 * (3 - i))));
  std::fstream file(repaired, std::ios::in | std::ios::out | std::ios::binary);
  file.write(page->data(), kPageSize);
  file.close();
  return file ? Status() : cannot_lend("it cannot be written");
}

// The tables' places are the same in every queue of this schema, so a first page that was destroyed can be lent by an
// empty queue; the rows are then found from it as usual.
base::Result<fs::path> with_a_first_page(const fs::path& damaged) {
  const fs::path model = damaged / "model", repaired = damaged / "repaired.db";
  std::error_code error;
  fs::remove_all(model, error);
  auto status = create_store(model, kTemplateQuota);
  if (status && !fs::exists(damaged / "outbox.db", error)) status = Failure::save_store_corrupt;
  if (status && !fs::copy_file(damaged / "outbox.db", repaired, fs::copy_options::overwrite_existing, error))
    status = cannot_lend(error.message());
  if (status) status = lend_first_page(model, repaired);
  const fs::path log = damaged / "outbox.db-wal";
  if (status && fs::exists(log, error) &&
      !fs::copy_file(log, repaired.string() + "-wal", fs::copy_options::overwrite_existing, error))
    status = cannot_lend(error.message());
  if (status) return repaired;
  fs::remove_all(model, error);
  fs::remove(repaired, error);
  fs::remove(repaired.string() + "-wal", error);
  return status.error();
}

base::Result<Database> open_damaged(const fs::path& damaged) {
  auto database = Database::open_to_read(damaged / "outbox.db");
  if (database && database->number("SELECT count(*) FROM sqlite_schema")) return database;
  auto repaired = with_a_first_page(damaged);
  if (!repaired) return repaired.error();
  return Database::open_to_read(*repaired);
}

}  // namespace

bool was_rescued(const fs::path& damaged) {
  std::error_code error;
  return fs::exists(damaged / "rescued", error);
}

base::Result<Rescued> rescue(const fs::path& damaged, Database& into) {
  Haven haven(into);
  Rescued& rescued = haven.rescued;
  auto from = open_damaged(damaged);
  const auto copied = from ? copy_all(*from, haven) : Status(from.error());
  if (!copied) {
    const Failure failure = copied.error().failure;
    if (from && failure != Failure::save_disk_full) return copied.error();
    rescued.complete = !from && failure == Failure::save_store_corrupt;
    base::log::failure(copied.error());
  }
  base::log::error("SAVE-003 {}: {} rows rescued, {} of them HELD{}", damaged.filename().string(), rescued.rows, rescued.held,
                   rescued.complete ? "" : "; the rest later");
  if (!rescued.complete) return rescued;
  auto marked = base::write_file(damaged / "rescued", "");
  if (marked) return rescued;
  base::log::failure(marked.error());
  rescued.complete = false;
  return rescued;
}

}  // namespace offline_cache
