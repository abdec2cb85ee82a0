// The durable queue: every application that was ever confirmed on this machine, until the office has it.
//
// States (the number is what is stored) and the only ways between them, each one transaction:
//
//   1 QUEUED        durable, waiting                         claim → 2
//   2 INFLIGHT      an attempt row was committed             conclude → 1, 3, 4 or 5; opening the outbox → 1 (or 5)
//   3 ACKNOWLEDGED  the office's number is stored; the payload was erased in the same transaction      tidy → 6
//   4 REJECTED      the office refused it as business        stays
//   5 HELD          needs a human; keeps its payload         stays
//   6 TOMBSTONE     as 3, past the newest kKeptAcknowledged  tidy → deleted, counted in `purged`
//
// A new row is QUEUED, or INFLIGHT at once when the caller is about to send it. So the attempt is on disk before the
// socket opens, and yet a life costs two flushes: accept and claim share one commit, and so do one record's
// acknowledgement and the next record's claim (docs/decisions/the-claim-rides-on-a-commit.md).
//
// Invariants, checked by self_check() when the outbox is opened and every hour after:
//   1. Conservation: rows ever inserted (sqlite_sequence) = rows present + rows purged. Nothing vanishes.
//   2. At most one row is INFLIGHT; there is one sender, and a lock on the folder keeps a second one out.
//   3. A payload is present exactly in the states 1, 2, 4 and 5: never erased before the office has it, never kept after.
//   4. For one id the envelope never changes; its SHA-256 is compared when the outbox is opened and before each attempt.
//      A row that differs is HELD, the others go on.
//   5. An id and a receipt code each occur once.
//   6. No file holds anything personal outside a sealed envelope.
//
// A row whose sender died three times in a row in the middle of an attempt is HELD: it may be what kills it.
//
// Errors: save_disk_full   nothing was changed; acknowledgements still fit, thanks to a ballast file.
//         save_io_error    the disk failed: the effect is unknown. Destroy this outbox, open another, ask find().
//         save_store_corrupt   as above; opening sets the damaged files aside and rescues their rows.
// Thread: one. Whoever opened an outbox makes every call, from one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "base/uuid.h"
#include "offline_cache/digest.h"
#include "offline_cache/submission.h"

namespace offline_cache {

enum class State : std::uint8_t { queued = 1, in_flight, acknowledged, rejected, held, tombstone };

inline constexpr int kUnfinishedAttemptsAllowed = 3;     // in a row, before the record is suspected and HELD
inline constexpr int kKeptAttempts = 10;                 // rows of the attempt log per application
inline constexpr std::int64_t kKeptAcknowledged = 2000;  // newest ACKNOWLEDGED rows; older ones are TOMBSTONEs
inline constexpr std::int64_t kKeptTombstones = 8000;    // newest TOMBSTONEs; older ones are deleted

// What sealing makes: the bytes that are stored and sent, and what is known about them without opening them.
struct Envelope {
  base::Uuid id;
  std::string bytes;
  Digest plaintext_digest{};  // what the office must echo
  Digest digest{};            // of `bytes`
  int version = 0, suite = 0;
  std::string key_id;
  base::WallTime created;
  bool clock_synchronised = false;
};

// The right to send one record, once. Ends with conclude(); if the process dies first, opening the outbox ends it.
struct Lease {
  std::int64_t row = 0;
  base::Uuid id;
  int attempt = 0;  // 1 is the first
  std::string envelope;
  Digest plaintext_digest{};
  Digest digest{};
};

// Which record to lease in the same transaction.
struct Claim {
  bool wanted = false;
  std::optional<base::Uuid> first;  // this one if it is QUEUED: somebody is standing in front of the machine
  std::int64_t after_row = 0;       // else the oldest QUEUED row after this one, else the oldest of all
};
inline const Claim kClaimNothing{};

struct Stored {
  base::Uuid id;
  State state = State::queued;
  std::string receipt_code;
  base::WallTime created;
  std::string number;          // the office's; empty until ACKNOWLEDGED
  std::optional<Lease> lease;  // when asked for, and the row is new
};

enum class Ending : std::uint8_t { try_again, acknowledged, rejected, held };

// How an attempt ended.
struct Conclusion {
  Ending ending = Ending::try_again;
  std::string number;                    // when acknowledged
  std::optional<base::Failure> failure;  // otherwise: its stable code is kept with the row
  int http = 0, curl = 0;
};

class Outbox {
 public:
  virtual ~Outbox() = default;

  // Durable when it returns: committed, synced and read back by id. An id that is already there answers with the row
  // that is there, whatever the envelope says. `lease_it`: see above.
  virtual base::Result<Stored> enqueue(const Envelope& envelope, bool lease_it) = 0;

  virtual base::Result<std::optional<Stored>> find(const base::Uuid& id) = 0;
  virtual base::Result<std::optional<Stored>> find_receipt(std::string_view code) = 0;  // in the written form

  // Nothing when no record is QUEUED.
  virtual base::Result<std::optional<Lease>> claim(const Claim& claim) = 0;
  // Ends a lease and may begin the next one in the same transaction.
  virtual base::Result<std::optional<Lease>> conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next) = 0;

  virtual QueueCounts counts() const = 0;
  virtual base::Result<std::optional<base::WallTime>> oldest_waiting() = 0;  // when it was created; nothing: none waits

  // save_store_corrupt with the broken invariant in the detail.
  virtual base::Status self_check() = 0;

  // Share of the quota in use, 0 … 1; 1 also when the disk has no room for the ballast.
  virtual double fill() = 0;

  enum class Tidy : std::uint8_t { between_records, when_idle, hourly };
  // Checkpoints the write-ahead log when it is long for the occasion, forgets the oldest acknowledged rows, restores the
  // ballast. Never needed for safety; between_records costs nothing as long as the log is short.
  virtual base::Status tidy(Tidy occasion) = 0;
};

}  // namespace offline_cache
