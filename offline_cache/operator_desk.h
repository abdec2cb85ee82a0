// What an operator does to the queue. Each action is told to the audit sink, whether it succeeded or not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/failure.h"
#include "base/result.h"
#include "base/uuid.h"

namespace offline_cache {

class Outbox;

inline constexpr std::int64_t kNobody = -1;

struct QueueAction {
  enum class Kind : std::uint8_t {
    retry,    // HELD → QUEUED: try again now
    hold,     // QUEUED → HELD, because `why`
    discard,  // HELD or REJECTED → TOMBSTONE, because `why`; the payload is erased and cannot be had again
    carry,    // all payloads into `file`, sealed (offline_cache/export_file.h)
  };
  Kind kind = Kind::retry;
  base::Uuid id{};               // of all but `carry`
  std::filesystem::path file{};  // of `carry`
  std::int64_t by = kNobody;     // the account that asked, as the system vouches for it
  std::string why{};             // nothing personal of a resident
};

struct QueueActionDone {
  QueueAction action;
  std::optional<base::Failure> failure;  // nothing: done
  int records = 0;                       // concerned
  int attachments = 0;                   // carried with them
  std::int64_t attachment_bytes = 0;
};
using QueueActionSink = std::function<void(const QueueActionDone&)>;

// save_action_refused when nobody did it, or there is no `why` where one is needed.
base::Status may_be_done(const QueueAction& action);
// Everything but `carry`, which takes its time. On the outbox's thread.
base::Status perform(Outbox& outbox, const QueueAction& action);

}  // namespace offline_cache
