// An application on its way to the office, and what is known about it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/failure.h"
#include "base/secret.h"
#include "base/uuid.h"

namespace offline_cache {

// Which applications must arrive in the order they were made: those of one applicant for one service. A keyed hash whose
// key is in memory alone, so that a stolen disk does not let anybody try out ID numbers; 16 bytes.
using Chain = std::array<std::uint8_t, 16>;
using ChainKey = std::array<std::uint8_t, 32>;

inline constexpr std::size_t kMostAttachments = 4;                    // of one application
inline constexpr std::size_t kLargestAttachment = 512U * 1024U;       // bytes of one, before sealing
inline constexpr std::size_t kLongestField = 64, kLongestMedia = 32;  // bytes

// A picture that belongs to an application. Both are one unit: stored in one commit, and the office takes the application only
// when it holds every attachment (docs/decisions/attachments.md).
struct Attachment {
  std::string field;       // the question it answers: [a-z0-9_], at most kLongestField
  std::string media_type;  // "image/jpeg": [a-z0-9/.+-], at most kLongestMedia
  base::Secret bytes;
};

// Made by the visit at *submit*: the bytes exist once and never change. The id was made when the check page was entered.
struct Submission {
  base::Uuid id;
  base::Secret application;  // canonical JSON: keys sorted, no white space, UTF-8; at most kLongestApplication bytes
  // What applicant and service are recognised by, so that two of them arrive in order; only a keyed hash of it is kept.
  // Empty: waits for nobody.
  base::Secret chain_of{};
  std::vector<Attachment> attachments{};  // at most kMostAttachments, in the order the office is to see them
};

inline constexpr std::size_t kLongestApplication = 128U * 1024U;  // bytes of canonical JSON

// The one durable fact a receipt may be made from.
struct Saved {
  base::Uuid id;
  std::string receipt_code;  // what the resident keeps, "7K4-29M-6"; unique on this machine
  base::WallTime at;
};

struct SaveFailed {
  base::Uuid id;
  base::Failure failure = base::Failure::save_io_error;  // SAVE-…; nothing was kept, or a retry with the same id finds it
};

// The office answered with the same id and digest, and this number.
struct Received {
  base::Uuid id;
  std::string number;
};

struct Refused {  // this one application needs a human (HELD); it stays stored
  base::Uuid id;
  base::Failure failure = base::Failure::save_record_held;
};

enum class Link : std::uint8_t { unknown, up, down };

struct LinkChanged {
  Link link = Link::unknown;
  std::optional<base::Failure> failure;  // NET-… while down
};

// Whether new applications can be accepted; asked before a form starts.
struct IntakeChanged {
  bool open = false;
  // SAVE-… while closed (save_disk_full from 95 % of the quota on). While open, nothing, or what an operator should see to:
  // save_store_corrupt, a damaged queue was set aside; save_disk_full, 80 % of the quota is in use; save_seal_key_overdue,
  // the office's keys have run out and the newest is still used.
  std::optional<base::Failure> failure;
  bool set_aside_now = false;  // it was this run of the program that found the queue damaged
};

struct QueueCounts {  // rows by state; facts: states of the outbox
  int queued = 0, in_flight = 0, acknowledged = 0, rejected = 0, held = 0, tombstones = 0;
  std::int64_t purged = 0;  // rows that were deleted after their retention
  // Only as the courier tells them.
  std::optional<base::WallTime> oldest{};  // when the oldest that waits was made
  int behind_held = 0;                     // all that are QUEUED, once each of them waits behind a HELD one of its chain
  int waiting() const { return queued + in_flight; }
  friend bool operator==(const QueueCounts&, const QueueCounts&) = default;
};

}  // namespace offline_cache
