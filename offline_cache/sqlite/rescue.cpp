#include "offline_cache/sqlite/rescue.h"

#include <array>
#include <fstream>

#include "base/files.h"
#include "base/log.h"
#include "offline_cache/outbox.h"
#include "offline_cache/receipt_code.h"
#include "offline_cache/sealing/envelope.h"
#include "offline_cache/sqlite/folder_lock.h"
#include "offline_cache/sqlite/store_files.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using base::Status;

constexpr std::int64_t kUnreadableInARow = 2000;  // rows; behind such a gap nothing more is expected
constexpr std::int64_t kTemplateQuota = 64;       // pages

constexpr std::string_view kRead =
    "SELECT sid,receipt,st,ver,suite,kid,envelope,ct_sha256,pt_sha256,created_utc,clock_q,boot_id,srv_no,acked_utc,failure "
    "FROM app WHERE seq=?";
constexpr std::string_view kWrite =
    "INSERT INTO app(sid,receipt,st,ver,suite,kid,envelope,ct_sha256,pt_sha256,created_utc,clock_q,boot_id,srv_no,acked_utc,"
    "failure) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

struct Row {
  std::string id, receipt, key_id, envelope, digest, plaintext_digest, boot_id, number, failure;
  std::int64_t state = 0, version = 0, suite = 0, created = 0, clock_quality = 0, acknowledged = 0;
};

Row row_from(const Statement& s) {
  Row row;
  row.id = s.text(0);
  row.receipt = s.text(1);
  row.state = s.integer(2);
  row.version = s.integer(3);
  row.suite = s.integer(4);
  row.key_id = s.text(5);
  row.envelope = s.text(6);
  row.digest = s.text(7);
  row.plaintext_digest = s.text(8);
  row.created = s.integer(9);
  row.clock_quality = s.integer(10);
  row.boot_id = s.text(11);
  row.number = s.text(12);
  row.acknowledged = s.integer(13);
  row.failure = s.text(14);
  return row;
}

bool payload_fits(const Row& row) {
  const Digest digest = sha256(row.envelope);
  if (row.digest != std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size())) return false;
  const auto header = read_envelope_header(row.envelope);
  return header && header->id.text() == row.id;
}

// What the row is in the new queue; false when it is not a row at all.
bool make_sound(Row& row, Rescued& rescued) {
  if (!base::Uuid::parse(row.id) || parse_receipt_code(row.receipt) != row.receipt) return false;
  if (row.digest.size() != 32 || row.plaintext_digest.size() != 32 || row.state < 1 || row.state > 6) return false;
  const auto state = static_cast<State>(row.state);
  if (state == State::acknowledged || state == State::tombstone) {
    row.envelope.clear();
    return true;
  }
  if (row.envelope.empty()) return false;
  if (!payload_fits(row)) {
    row.state = static_cast<std::int64_t>(State::held);
    row.failure = base::entry(Failure::save_store_corrupt).code;
    ++rescued.held;
  } else if (state == State::in_flight) {
    row.state = static_cast<std::int64_t>(State::queued);
  }
  return true;
}

Status write(const Row& row, Database& into, Rescued& rescued) {
  const auto taken = into.query("SELECT 1 FROM app WHERE sid=? OR receipt=?").bind(row.id).bind(row.receipt).step();
  if (!taken) return taken.error();
  if (*taken) return {};
  ++rescued.rows;
  auto start =
      into.query(kWrite).bind(row.id).bind(row.receipt).bind(row.state).bind(row.version).bind(row.suite).bind(row.key_id);
  auto payload = row.envelope.empty() ? std::move(start).bind_null() : std::move(start).bind_blob(row.envelope);
  return std::move(payload)
      .bind_blob(row.digest)
      .bind_blob(row.plaintext_digest)
      .bind(row.created)
      .bind(row.clock_quality)
      .bind(row.boot_id)
      .bind(row.number)
      .bind(row.acknowledged)
      .bind(row.failure)
      .run();
}

// Asks for every row by its number, so that a page that cannot be read costs only the rows on it.
base::Result<Rescued> copy_rows(Database& from, Database& into) {
  Rescued rescued;
  const auto issued = from.number("SELECT seq FROM sqlite_sequence WHERE name='app'");
  const std::int64_t known = issued ? *issued : 0;
  std::int64_t last = 0;
  for (std::int64_t seq = 1; seq <= known || seq <= last + kUnreadableInARow; ++seq) {
    auto statement = from.query(kRead).bind(seq);
    const auto found = statement.step();
    if (!found || !*found) continue;
    last = seq;
    Row row = row_from(statement);
    if (!make_sound(row, rescued)) continue;
    if (auto status = write(row, into, rescued); !status) return status.error();
  }
  return rescued;
}

// The tables' places are the same in every queue of this schema, so a first page that was destroyed can be lent by an
// empty queue; the rows are then found from it as usual.
base::Result<fs::path> with_a_first_page(const fs::path& damaged) {
  const fs::path model = damaged / "model", repaired = damaged / "repaired.db";
  std::error_code error;
  fs::remove_all(model, error);
  if (auto status = create_store(model, kTemplateQuota); !status) return status.error();
  auto page = base::read_file(model / "outbox.db");
  if (!page) return page.error();
  page->resize(static_cast<std::size_t>(kPageSize));
  fs::copy_file(damaged / "outbox.db", repaired, fs::copy_options::overwrite_existing, error);
  const auto pages = static_cast<std::uint32_t>(fs::file_size(repaired, error) / static_cast<std::uintmax_t>(kPageSize));
  if (error || pages == 0) return base::Error{Failure::save_store_corrupt, "no page to read"};
  for (const std::uint32_t i : {0U, 1U, 2U, 3U})  // the header's "database size in pages", big-endian
    (*page)[28 + i] = static_cast<char>(static_cast<std::uint8_t>(pages >> (8 * (3 - i))));
  std::fstream file(repaired, std::ios::in | std::ios::out | std::ios::binary);
  file.write(page->data(), kPageSize);
  file.close();
  fs::copy_file(damaged / "outbox.db-wal", repaired.string() + "-wal", fs::copy_options::overwrite_existing, error);
  return repaired;
}

base::Result<Database> open_damaged(const fs::path& damaged) {
  auto database = Database::open_to_read(damaged / "outbox.db");
  if (database && database->number("SELECT count(*) FROM app WHERE seq=0")) return database;
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
  Rescued rescued;
  if (auto from = open_damaged(damaged); from) {
    auto transaction = Transaction::begin(into);
    if (!transaction) return transaction.error();
    auto copied = copy_rows(*from, into);
    if (!copied) return copied;
    if (auto status = transaction->commit(); !status) return status.error();
    rescued = *copied;
  }
  base::log::error("SAVE-003 {}: {} rows rescued, {} of them HELD", damaged.filename().string(), rescued.rows, rescued.held);
  if (auto status = base::write_file(damaged / "rescued", ""); !status) return status.error();
  if (auto status = sync_folder(damaged); !status) return status.error();
  return rescued;
}

}  // namespace offline_cache
