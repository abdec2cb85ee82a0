// One application with everything the tables hold of it, read from this schema or from version 1, written to this one:
// what migration and rescue move.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/uuid.h"
#include "offline_cache/digest.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sqlite/database.h"
#include "offline_cache/state.h"

namespace offline_cache {

struct StoredRow {
  std::int64_t row = 0;  // 0: the next free number
  base::Uuid id;
  std::uint32_t receipt = 0;
  State state = State::queued;
  int version = 0, suite = 0;
  std::string key_id, boot_id;
  Digest digest{}, plaintext_digest{};
  std::string payload;  // empty: none
  std::string chain;    // empty: none
  std::int64_t created = 0, clock_quality = 0;
  std::int64_t started = 0, finished = 0, probe = 0, last_http = 0, last_curl = 0;
  std::string failure, reason, number;
  std::int64_t acknowledged = 0;    // 0: never
  std::vector<SealedPart> parts{};  // one that is lost has no bytes and no digest
};

// Which tables a row is read from. Version 1 kept the payload in the row, ids as text and codes in the written form.
enum class RowSource : std::uint8_t { current, version_1, version_1_renamed };

// Columns in the order read_row() takes them, for `… WHERE seq=?`.
std::string_view select_row(RowSource source);
// The statement stands on a row of select_row(). Nothing when its columns cannot be a row of ours.
std::optional<StoredRow> read_row(const Statement& statement, RowSource source);

// Of a payload whose application row is lost: everything but its history. `seq` in the current schema.
inline constexpr std::string_view kSelectPayload =
    "SELECT seq,receipt,created_utc,ct_sha256,pt_sha256,bytes FROM payload WHERE seq=?";
std::optional<StoredRow> read_payload(const Statement& statement);

// Inside the caller's transaction.
base::Status write_payload(std::int64_t seq, std::uint32_t receipt, std::int64_t created, const Digest& digest,
                           const Digest& plaintext_digest, std::string_view bytes, Database& into);
base::Status write_row(const StoredRow& row, Database& into);

}  // namespace offline_cache
