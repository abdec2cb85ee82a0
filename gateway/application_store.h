// The office's durable record of received applications: SQLite in WAL mode with synchronous=FULL, owned exclusively
// by one process and used by one thread.
//
// An application is stored as the envelope that arrived, still sealed, and never changes. It gets its number in the
// transaction that stores it: `<year>-<six digits>`, strictly increasing, never given twice, also when the wall clock
// steps back. When add() has returned, it is on the disk.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/application_check.h"
#include "gateway/digest.h"
#include "gateway/sqlite_database.h"

namespace gateway {

struct StoredApplication {
  std::string id;
  std::string number;
  std::string terminal;
  ServiceReference service;
  std::string received;  // timestamp
  Digest plaintext_digest{};
  Digest envelope_digest{};
};

struct NewApplication {
  std::string_view id;
  std::string_view terminal;
  ServiceReference service;
  Digest plaintext_digest{};
  Digest envelope_digest{};
  std::string_view envelope;
};

// An attachment: stored as it came, sealed, before its application.
struct StoredPart {
  std::string received;  // timestamp
  int ordinal = 0;
  std::int64_t bytes = 0;
};

// A terminal whose parts were forgotten is answered `parts-missing`, and sends them again.
inline constexpr std::chrono::days kKeptWithoutApplication{30};

class ApplicationStore {
 public:
  // save_store_locked while another process has it; save_store_newer, _corrupt, _unopenable.
  static base::Result<ApplicationStore> open(const std::filesystem::path& file,
                                             SqliteDatabase::Missing missing = SqliteDatabase::Missing::create);

  base::Result<std::optional<StoredApplication>> find(std::string_view id);
  // The id must not be stored yet. On an error nothing, or the whole application, is stored: ask find().
  base::Result<StoredApplication> add(const NewApplication& application, base::WallTime now);

  // The part of an application with this digest of its bytes.
  base::Result<std::optional<StoredPart>> find_part(std::string_view application, const Digest& digest);
  base::Result<std::int64_t> count_parts(std::string_view application);
  // It must not be stored yet. Durable when it returns.
  base::Result<StoredPart> add_part(std::string_view application, int ordinal, const Digest& digest, std::string_view bytes,
                                    base::WallTime now);
  // Parts whose application has not come for kKeptWithoutApplication. Does something once a day.
  base::Status forget_stray_parts(base::WallTime now);
  base::Result<std::string> part_bytes(std::string_view application, const Digest& digest);

  // The number of this state of the catalogue: one higher than the last whenever `content` differs from the last.
  base::Result<std::int64_t> catalogue_version(const Digest& content, base::WallTime now);

  // When that state of the catalogue began; a timestamp.
  base::Result<std::string> catalogue_since(std::int64_t version);

  // For the other records that live in the same store.
  SqliteDatabase& database() { return database_; }

  // In the order of their numbers; stops at the first error that `visit` returns.
  using Visitor = std::function<base::Status(const StoredApplication&, const std::string& envelope)>;
  base::Status for_each(const Visitor& visit);

 private:
  struct Statements {
    Statement find, count_up, insert, insert_event;
  };
  ApplicationStore(SqliteDatabase database, Statements statements)
      : database_(std::move(database)), statements_(std::move(statements)) {}
  base::Result<std::string> next_number(base::WallTime now);
  base::Status insert(const NewApplication& application, const StoredApplication& record);

  SqliteDatabase database_;
  std::optional<base::WallTime> forgot_{};  // when
  Statements statements_;                   // after the database: finalised before it is closed
};

}  // namespace gateway
