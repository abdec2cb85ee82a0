// The durable queue: every application that was ever confirmed on this machine, until the office has it.
//
// States (offline_cache/state.h has the table; each way is one transaction):
//
//   1 QUEUED        durable, waiting                         claim → 2; an operator's hold() → 5
//   2 INFLIGHT      an attempt row was committed             conclude → 1, 3, 4 or 5; opening the outbox → 1 (or 5)
//   3 ACKNOWLEDGED  the office's number is stored; the payload was erased in the same transaction      tidy → 6
//   4 REJECTED      the office refused it as business; keeps its payload      an operator's discard() → 6
//   5 HELD          needs a human; keeps its payload         an operator's retry() → 1, discard() → 6; a daily probe → 2
//   6 TOMBSTONE     what is left: id, code, digests, number, times            tidy → deleted, counted in `purged`
//
// A new row is QUEUED, or INFLIGHT at once when the caller is about to send it. So the attempt is on disk before the
// socket opens, and yet a life costs two flushes: accept and claim share one commit, and so do one record's
// acknowledgement and the next record's claim (docs/decisions/the-claim-rides-on-a-commit.md).
//
// Order: the oldest first, and nobody waits for anybody, with one exception: applications of one chain (same applicant,
// same service) are sent in the order they were made. A HELD one holds up its chain, and only its chain.
//
// Invariants, checked by self_check() when the outbox is opened and every hour after:
//   1. Conservation: the highest row number ever given = rows present + rows purged. Nothing vanishes.
//   2. At most one row is INFLIGHT; there is one sender, and a lock on the folder keeps a second one out.
//   3. A payload is present exactly in the states 1, 2, 4 and 5: never erased before the office has it, never kept after.
//   4. For one id the envelope never changes; its SHA-256 is compared when the outbox is opened, before each attempt, and
//      in turn by the hourly scrub. A row that differs is HELD, the others go on.
//   5. An id and a receipt code each occur once.
//   6. No file holds anything personal outside a sealed envelope.
//   7. A row has as many attachments (parts) as it was given, exactly in the states in which it has a payload: they come with it
//      in one transaction, go with it in one, and are compared with their digests whenever it is, but for the opening.
// 3, 4, 5, 7 and the ways between states are also enforced by the database itself.
//
// A row whose sender died three times in a row in the middle of an attempt is HELD: it may be what kills it.
//
// Errors: save_disk_full   nothing was changed; acknowledgements still fit, thanks to a ballast file.
//         save_io_error    the disk failed: the effect is unknown. Destroy this outbox, open another, ask find().
//         save_store_corrupt   as above; opening sets the damaged files aside and rescues their rows.
//         save_action_refused  an operator's action on a row that is absent or in another state; nothing was changed.
// Thread: one. Whoever opened an outbox makes every call, from one thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/uuid.h"
#include "offline_cache/digest.h"
#include "offline_cache/state.h"
#include "offline_cache/submission.h"

namespace offline_cache {

inline constexpr int kUnfinishedAttemptsAllowed = 3;     // in a row, before the record is suspected and HELD
inline constexpr int kKeptAttempts = 10;                 // rows of the attempt log per application
inline constexpr std::int64_t kKeptAcknowledged = 2000;  // newest ACKNOWLEDGED rows; older ones are TOMBSTONEs
inline constexpr std::int64_t kKeptTombstones = 8000;    // newest TOMBSTONEs; older ones are deleted
inline constexpr int kMostOfAChain = 20;                 // that are found by it
inline constexpr std::size_t kLongestReason = 200;       // bytes of an operator's reason; the rest is cut off
inline constexpr std::size_t kPieceBytes = 64U * 1024U;  // of a part, in memory at a time

// One attachment, sealed, on its way into the outbox.
struct SealedPart {
  std::string bytes;
  Digest digest{};  // of `bytes`: its name at the office
};

// One attachment in the outbox. Its bytes are read in pieces, so that none is ever in memory whole.
struct Part {
  int ordinal = 0;  // 1 is the first
  std::int64_t size = 0;
  Digest digest{};
  bool arrived = false;  // the office has acknowledged it
};

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
  std::optional<Chain> chain{};     // nothing: waits for nobody
  std::vector<SealedPart> parts{};  // to be stored; empty when it comes out of the outbox: see parts()
};

// The right to send one record, once. Ends with conclude(); if the process dies first, opening the outbox ends it.
struct Lease {
  std::int64_t row = 0;
  base::Uuid id;
  int attempt = 0;  // 1 is the first
  std::string envelope;
  Digest plaintext_digest{};
  Digest digest{};
  bool probe = false;         // a HELD record's daily chance
  std::vector<Part> parts{};  // to be sent before the envelope: those the office has not acknowledged yet
};

// Which record to lease in the same transaction.
struct Claim {
  bool wanted = false;
  std::optional<base::Uuid> first{};  // this one if it is QUEUED: somebody is standing in front of the machine
  std::int64_t after_row = 0;         // else the oldest QUEUED row after this one, else the oldest of all
  bool probe = false;                 // instead, the oldest HELD row after `after_row` that was held with `probe`
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

// One row as operators see it. Nothing personal.
struct Listed {
  std::int64_t row = 0;
  Stored stored;
  std::string failure;  // code of the last failure, "NET-001"; empty: none
  std::string reason;   // an operator's, of hold() or discard(); empty: none
  int attempts = 0, last_http = 0, last_curl = 0;
  bool probe = false;
  int attachments = 0;
  std::int64_t attachment_bytes = 0;  // of those that lie here; 0 once the office has them
};

// One attempt of one row, oldest first; at most kKeptAttempts are kept.
struct Attempt {
  int n = 0;
  base::WallTime started;
  std::optional<base::WallTime> finished;  // nothing: its sender died, or it is under way
  int http = 0, curl = 0;
  std::string failure;
};

enum class Ending : std::uint8_t { try_again, acknowledged, rejected, held };

// How an attempt ended.
struct Conclusion {
  Ending ending = Ending::try_again;
  std::string number{};                    // when acknowledged
  std::optional<base::Failure> failure{};  // otherwise: its stable code is kept with the row
  int http = 0, curl = 0;
  bool probe = false;        // when held: try it once a day, the platform may have been mended
  bool parts_again = false;  // the office no longer has parts that it had acknowledged: all of them wait again
};

class Outbox {
 public:
  virtual ~Outbox() = default;

  // Durable when it returns: committed, synced and read back by id. An id that is already there answers with the row
  // that is there, whatever the envelope says. `lease_it`: see above.
  virtual base::Result<Stored> enqueue(const Envelope& envelope, bool lease_it) = 0;

  virtual base::Result<std::optional<Stored>> find(const base::Uuid& id) = 0;
  virtual base::Result<std::optional<Stored>> find_receipt(std::string_view code) = 0;  // as typed
  // What of this chain the office does not have yet (QUEUED, INFLIGHT, HELD), the oldest first, at most kMostOfAChain.
  virtual base::Result<std::vector<Stored>> waiting_of(const Chain& chain) = 0;

  // Nothing when no record may be sent.
  virtual base::Result<std::optional<Lease>> claim(const Claim& claim) = 0;
  // Ends a lease and may begin the next one in the same transaction.
  virtual base::Result<std::optional<Lease>> conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next) = 0;

  // The office acknowledged this part of a lease: it is not sent again. Ends nothing.
  virtual base::Status part_arrived(const Lease& lease, int ordinal) = 0;

  // An operator's actions; the caller writes them to the audit log.
  virtual base::Status retry(const base::Uuid& id) = 0;                       // HELD → QUEUED, with a clean slate
  virtual base::Status hold(const base::Uuid& id, std::string_view why) = 0;  // QUEUED → HELD
  virtual base::Status discard(const base::Uuid& id,
                               std::string_view why) = 0;  // HELD or REJECTED → TOMBSTONE; erases the payload

  // Rows in the order they were made, from behind `after_row`, at most `most`. `state`: only those.
  virtual base::Result<std::vector<Listed>> list(std::optional<State> state, std::int64_t after_row, int most) = 0;
  virtual base::Result<std::vector<Attempt>> attempts(const base::Uuid& id) = 0;
  // What a row holds and is to be exported; nothing when it has no payload any more.
  virtual base::Result<std::optional<Envelope>> envelope(std::int64_t row) = 0;

  // All attachments of a row in their order; none when it has no payload any more.
  virtual base::Result<std::vector<Part>> parts(std::int64_t row) = 0;
  // The bytes of a part from `offset` on, at most kPieceBytes; empty at its end.
  virtual base::Result<std::string> read_part(std::int64_t row, int ordinal, std::int64_t offset) = 0;

  virtual QueueCounts counts() const = 0;
  virtual base::Result<std::optional<base::WallTime>> oldest_waiting() = 0;  // when it was created; nothing: none waits

  // save_store_corrupt with the broken invariant in the detail.
  virtual base::Status self_check() = 0;
  // The same when a page of the file is damaged. Reads all of it from the disk: 0.2 s for 64 MiB.
  virtual base::Status check_pages() = 0;
  // The same, with every index compared with its table, however long the file is: a second for each half million rows.
  virtual base::Status check_indexes() = 0;

  // Share of the quota in use, 0 … 1; 1 also when the disk has no room for the ballast.
  virtual double fill() = 0;

  enum class Tidy : std::uint8_t { between_records, when_idle, hourly };
  // Checkpoints the write-ahead log when it is long for the occasion, forgets the oldest acknowledged rows, restores the
  // ballast; hourly also compares the next kScrubbedAtOnce payloads with their digests. Never needed for safety;
  // between_records costs nothing as long as the log is short.
  virtual base::Status tidy(Tidy occasion) = 0;
};

}  // namespace offline_cache
