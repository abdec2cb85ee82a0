#include "offline_cache/sqlite/stored_row.h"

#include "base/check_symbol.h"
#include "offline_cache/receipt_code.h"
#include "offline_cache/sealing/envelope.h"
#include "offline_cache/sqlite/columns.h"
#include "offline_cache/sqlite/part_tables.h"

namespace offline_cache {
namespace {

constexpr std::string_view kCurrent =
    "SELECT "
    "app.seq,st,sid,app.receipt,ver,suite,kid,boot_id,app.ct_sha256,app.pt_sha256,bytes,app.created_utc,clock_q,started,finished,"
    "last_http,"
    "last_curl,failure,srv_no,acked_utc,chain,probe,reason FROM app LEFT JOIN payload ON payload.seq=app.seq WHERE app.seq=?";
#define LINLI_VERSION_1                                                                                                \
  "SELECT seq,st,sid,receipt,ver,suite,kid,boot_id,ct_sha256,pt_sha256,envelope,created_utc,clock_q,started,finished," \
  "last_http,last_curl,failure,srv_no,acked_utc FROM "
constexpr std::string_view kVersion1 = LINLI_VERSION_1 "app WHERE seq=?";
constexpr std::string_view kVersion1Renamed = LINLI_VERSION_1 "app_1 WHERE seq=?";
#undef LINLI_VERSION_1

std::optional<base::Uuid> id_of(const std::string& stored, RowSource source) {
  if (source != RowSource::current) return base::Uuid::parse(stored);
  base::Uuid id;
  if (stored.size() != id.bytes.size()) return std::nullopt;
  id.bytes = array_of<decltype(id.bytes)>(stored);
  return id;
}

// Version 1 stored "7K4-29M-R", with a check symbol of another kind: the six random symbols are what counts.
std::optional<std::uint32_t> receipt_of(const Statement& statement, int column, RowSource source) {
  if (source == RowSource::current) {
    const auto number = statement.integer(column);
    if (number < 0 || number >= std::int64_t{kReceiptNumbers} || statement.is_null(column)) return std::nullopt;
    return static_cast<std::uint32_t>(number);
  }
  std::string body = statement.text(column);
  if (body.size() != 9 || body[3] != '-' || body[7] != '-') return std::nullopt;
  body = body.substr(0, 3) + body.substr(4, 3);
  if (body.find_first_not_of(base::kCrockfordSymbols) != std::string::npos) return std::nullopt;
  return parse_receipt_code(body + base::check_symbol(body));
}

Statement&& bind_optional(Statement&& statement, const std::string& bytes, bool blob) {
  if (bytes.empty()) return std::move(statement).bind_null();
  return blob ? std::move(statement).bind_blob(bytes) : std::move(statement).bind(bytes);
}

}  // namespace

std::string_view select_row(RowSource source) {
  switch (source) {
    case RowSource::version_1:
      return kVersion1;
    case RowSource::version_1_renamed:
      return kVersion1Renamed;
    case RowSource::current:
      break;
  }
  return kCurrent;
}

std::optional<StoredRow> read_row(const Statement& s, RowSource source) {
  const auto id = id_of(s.text(2), source);
  const auto receipt = receipt_of(s, 3, source);
  const auto state = s.integer(1);
  StoredRow row;
  if (!id || !receipt || state < 1 || state > kStates) return std::nullopt;
  const std::string digest = s.text(8), plaintext_digest = s.text(9);
  if (digest.size() != row.digest.size() || plaintext_digest.size() != row.plaintext_digest.size()) return std::nullopt;
  row.digest = array_of<Digest>(digest);
  row.plaintext_digest = array_of<Digest>(plaintext_digest);
  row.row = s.integer(0);
  row.state = static_cast<State>(state);
  row.id = *id;
  row.receipt = *receipt;
  row.version = static_cast<int>(s.integer(4));
  row.suite = static_cast<int>(s.integer(5));
  row.key_id = s.text(6);
  row.boot_id = s.text(7);
  row.payload = s.text(10);
  row.created = s.integer(11);
  row.clock_quality = s.integer(12);
  row.started = s.integer(13);
  row.finished = s.integer(14);
  row.last_http = s.integer(15);
  row.last_curl = s.integer(16);
  row.failure = s.text(17);
  row.number = s.text(18);
  row.acknowledged = s.integer(19);
  if (source != RowSource::current) return row;
  row.chain = s.text(20);
  row.probe = s.integer(21);
  row.reason = s.text(22);
  if (!row.chain.empty() && row.chain.size() != 16) row.chain.clear();
  return row;
}

std::optional<StoredRow> read_payload(const Statement& s) {
  const std::string digest = s.text(3), plaintext_digest = s.text(4);
  const auto receipt = receipt_of(s, 1, RowSource::current);
  const auto header = read_envelope_header(s.view(5));
  if (!receipt || !header || digest.size() != sizeof(Digest) || plaintext_digest.size() != sizeof(Digest)) return std::nullopt;
  StoredRow row;
  row.row = s.integer(0);
  row.id = header->id;
  row.receipt = *receipt;
  row.version = header->version;
  row.suite = header->suite;
  row.key_id = header->key_id;
  row.boot_id = "unknown";
  row.created = s.integer(2);
  row.digest = array_of<Digest>(digest);
  row.plaintext_digest = array_of<Digest>(plaintext_digest);
  row.payload = s.text(5);
  return row;
}

base::Status write_payload(std::int64_t seq, std::uint32_t receipt, std::int64_t created, const Digest& digest,
                           const Digest& plaintext_digest, std::string_view bytes, Database& into) {
  return into.query("INSERT INTO payload(seq,receipt,created_utc,ct_sha256,pt_sha256,bytes) VALUES(?,?,?,?,?,?)")
      .bind(seq)
      .bind(std::int64_t{receipt})
      .bind(created)
      .bind_blob(blob_of(digest))
      .bind_blob(blob_of(plaintext_digest))
      .bind_blob(bytes)
      .run();
}

base::Status write_row(const StoredRow& row, Database& into) {
  auto statement = into.query(
      "INSERT INTO "
      "app(seq,st,sid,receipt,ver,suite,kid,boot_id,ct_sha256,pt_sha256,created_utc,clock_q,started,finished,last_http,"
      "last_curl,failure,srv_no,acked_utc,chain,probe,parts,reason) VALUES(nullif(?,0),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
      "nullif(?,0),?,?,?,?) RETURNING seq");
  auto start = std::move(statement)
                   .bind(row.row)
                   .bind(static_cast<std::int64_t>(row.state))
                   .bind_blob(blob_of(row.id.bytes))
                   .bind(std::int64_t{row.receipt})
                   .bind(row.version)
                   .bind(row.suite)
                   .bind(row.key_id)
                   .bind(row.boot_id)
                   .bind_blob(blob_of(row.digest))
                   .bind_blob(blob_of(row.plaintext_digest))
                   .bind(row.created)
                   .bind(row.clock_quality)
                   .bind(row.started)
                   .bind(row.finished)
                   .bind(row.last_http)
                   .bind(row.last_curl);
  auto middle = bind_optional(bind_optional(std::move(start), row.failure, false), row.number, false).bind(row.acknowledged);
  auto last = bind_optional(std::move(middle), row.chain, true).bind(row.probe).bind(std::ssize(row.parts));
  const auto seq = bind_optional(std::move(last), row.reason, false).number();
  if (!seq) return seq.error();
  if (row.payload.empty()) return {};
  auto kept = write_payload(*seq, row.receipt, row.created, row.digest, row.plaintext_digest, row.payload, into);
  return kept ? write_parts(*seq, row.parts, into) : kept;
}

}  // namespace offline_cache
