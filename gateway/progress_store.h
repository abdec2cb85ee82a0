// What has become of each application, for who asks: the states the office gave it, in a file of its own beside the store of
// the envelopes. That store belongs to the running server alone; this one is also written by `linli-gateway state` while the
// server runs (docs/decisions/states-of-applications.md).
//
// What is known of an application comes from the other store and is caught up with when the server starts; the states are
// only here, only added, and durable when set() returns. Nothing personal: the applicant is a keyed digest (applicant_key.h).
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/digest.h"
#include "gateway/sqlite_database.h"

namespace gateway {

// The first is every application's own; the office gives the others. Part of the published contract.
inline constexpr std::array<std::string_view, 9> kProgressStates{
    "received", "forwarded", "in_progress", "needs_action", "approved", "refused", "returned", "withdrawn", "closed"};

inline constexpr int kMostTold = 24;  // applications in one answer, the newest

struct KnownApplication {
  std::string_view id, number, service, received;
  std::optional<Digest> applicant;  // nothing: made without a card
};

struct Progress {
  std::string id, number, service, received;
  std::string state, since;  // since: timestamp
};

struct ProgressEvent {
  std::string state, at;
};

class ProgressStore {
 public:
  // Who writes the states is the office's command; what the server writes can be made again.
  enum class Writer : std::uint8_t { server, office };
  // save_store_newer, _corrupt, _unopenable. `office` does not make a file that is missing.
  static base::Result<ProgressStore> open(const std::filesystem::path& file, Writer writer);

  // Again: no effect.
  base::Status learn(const KnownApplication& application);
  base::Result<bool> knows(std::string_view id);

  // Newest first, at most kMostTold.
  base::Result<std::vector<Progress>> of_applicant(const Digest& applicant);
  // That one, when it is of this applicant or was made without a card. Whether it is unknown or somebody else's, the same
  // statement finds nothing.
  base::Result<std::vector<Progress>> of_application(std::string_view id, const Digest& applicant);

  // False: no application has this number. `state` is one of kProgressStates.
  base::Result<bool> set(std::string_view number, std::string_view state, base::WallTime now);
  // The oldest first; empty: no application has this number.
  base::Result<std::vector<ProgressEvent>> history(std::string_view number);

 private:
  explicit ProgressStore(SqliteDatabase database) : database_(std::move(database)) {}
  SqliteDatabase database_;
};

}  // namespace gateway
