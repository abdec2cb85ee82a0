// The tamper-evident record of what this machine did. Facts: reliability-security §5, §3.4 (kept at least six months), fault 89.
//
// Files: `audit/<first record, 12 digits>.log`, each with a head line and one line a record:
//
//   linli-audit 1 terminal=HP-03 chain=<32 hex> from=<n> after=<hash of record n-1>
//   <n> <UTC> <boot>+<ms since boot> <event> <field>=<value>… <hash>
//
// hash(n) = SHA-256(hash(n-1) ‖ the line up to the blank before its hash); before record 1 stands the SHA-256 of
// "linli-audit 1 terminal=… chain=…". So nobody can change, remove, swap or insert a line without every later hash being wrong.
// Every kRecordsPerCheckpoint records, every kCheckpointEvery and at an orderly end the device key signs the last hash: who can
// only write the disk cannot compute a new chain. A cut-off end is seen by whoever has the head: the platform gets it with
// each heartbeat and refuses one that went back.
//
// Removing the oldest files is itself recorded (`truncated`, signed), so that a missing beginning is either vouched for or found.
//
// Policy: no audit, no service. While the log cannot be written, nothing new is begun (Audit tells so; the kiosk closes intake).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "offline_cache/audit_event.h"
#include "offline_cache/digest.h"

namespace offline_cache {

inline constexpr int kAuditTable = 2;  // version of the table of events
inline constexpr int kRecordsPerCheckpoint = 200;
inline constexpr std::chrono::minutes kCheckpointEvery{15};
inline constexpr std::size_t kLongestAuditLine = 512;  // bytes

struct AuditLimits {
  std::uintmax_t file_bytes = 256U << 10U;                 // then the next file begins
  std::uintmax_t quota_bytes = 128U << 20U;                // a busy hall writes some 60 MB in 200 days
  std::chrono::hours keep = std::chrono::hours(24) * 200;  // six months, and a margin
};

// Signs with this machine's own key; verified with its public half.
struct AuditSigner {
  std::string key_id;                                       // 16 hex digits: of SHA-256(public key)
  std::function<std::string(std::string_view bytes)> sign;  // 64 bytes, Ed25519
};

struct AuditHead {
  std::string chain;        // 32 hex digits
  std::int64_t record = 0;  // of the last durable record
  Digest hash{};
};

// The writer. One thread.
class AuditLog {
 public:
  virtual ~AuditLog() = default;
  // Durable when sync() returns. audit_unwritable: nothing of it can be relied on; open again.
  virtual base::Status append(const AuditRecord& record) = 0;
  // Also writes the checkpoint that is due.
  virtual base::Status sync() = 0;
  virtual base::Status checkpoint() = 0;              // and sync
  virtual AuditHead head() const = 0;                 // of what is durable
  virtual base::Instant next_checkpoint() const = 0;  // Instant::max(): nothing is unsigned
};

// Opens or begins the log under `data/audit`. A torn last line is removed and recorded. When the newest file does not verify,
// the whole folder is set aside as audit-damaged-<UTC>, and a new chain begins whose first records say so: `damaged` is
// true, an alarm for the operator.
struct OpenedAuditLog {
  std::unique_ptr<AuditLog> log;
  bool damaged = false;
};
base::Result<OpenedAuditLog> open_audit_log(const std::filesystem::path& data, const std::string& terminal,
                                            const AuditLimits& limits, const base::Clock& clock, base::Random& random,
                                            AuditSigner signer);

// What is wrong first. `record` is the first one that cannot be relied on.
struct AuditFault {
  std::int64_t record = 0;
  std::string file;
  int line = 0;
  std::string what;  // one English sentence
};
struct AuditReport {
  std::string terminal, chain;
  std::int64_t first = 0, last = 0;  // records present
  std::int64_t signed_up_to = 0;     // by a checkpoint of a trusted key
  int checkpoints = 0;
  Digest head{};
  std::optional<AuditFault> fault;
};

struct AuditTrust {
  std::vector<std::string> public_keys;  // 64 hex digits each; empty: signatures are counted as unverified
  std::optional<AuditHead> known_head;   // from the platform: the log must reach it and agree
};
// audit_unreadable when there is no log at all.
base::Result<AuditReport> verify_audit_log(const std::filesystem::path& folder, const AuditTrust& trust);

}  // namespace offline_cache
