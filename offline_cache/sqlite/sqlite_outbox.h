// The outbox on one SQLite connection. Made by open_outbox(), which has checked the files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sqlite/ballast.h"
#include "offline_cache/sqlite/database.h"
#include "offline_cache/sqlite/folder_lock.h"

namespace offline_cache {

inline constexpr int kLogPagesWhenIdle = 512;          // checkpoint when nothing else is to be done
inline constexpr int kLogPagesAtMost = 1024;           // checkpoint between two records; half a ballast
inline constexpr int kReceiptCodesTried = 64;          // collisions in a row before enqueueing fails
inline constexpr double kSoftMark = 0.80;              // of the quota: forget acknowledged rows early, tell the operator
inline constexpr std::int64_t kKeptWhenFull = 100;     // acknowledged rows kept above the soft mark
inline constexpr std::int64_t kForgottenAtOnce = 200;  // rows per tidy, so that it stays short
inline constexpr std::int64_t kScrubbedAtOnce = 500;   // payloads per hour; 12 000 a day

int& count_of(QueueCounts& counts, State state);

class SqliteOutbox final : public Outbox {
 public:
  SqliteOutbox(FolderLock lock, Database database, Ballast ballast, std::int64_t quota_pages, std::string boot_id,
               const base::Clock& clock, base::Random& random);

  // Ends what a dead sender left, HOLDs rows that are not what was stored, counts the rest. Once, when opened.
  base::Status recover(std::int64_t rows_to_digest);
  // self_check(), but without the payloads when the file is longer.
  base::Status check_at_start(std::int64_t pages_to_read);

  base::Result<Stored> enqueue(const Envelope& envelope, bool lease_it) override;
  base::Result<std::optional<Stored>> find(const base::Uuid& id) override;
  base::Result<std::optional<Stored>> find_receipt(std::string_view code) override;
  base::Result<std::vector<Stored>> waiting_of(const Chain& chain) override;
  base::Result<std::optional<Lease>> claim(const Claim& claim) override;
  base::Result<std::optional<Lease>> conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next) override;
  base::Status part_arrived(const Lease& lease, int ordinal) override;
  base::Status retry(const base::Uuid& id) override;
  base::Status hold(const base::Uuid& id, std::string_view why) override;
  base::Status discard(const base::Uuid& id, std::string_view why) override;
  base::Result<std::vector<Listed>> list(std::optional<State> state, std::int64_t after_row, int most) override;
  base::Result<std::vector<Attempt>> attempts(const base::Uuid& id) override;
  base::Result<std::optional<Envelope>> envelope(std::int64_t row) override;
  base::Result<std::vector<Part>> parts(std::int64_t row) override;
  base::Result<std::string> read_part(std::int64_t row, int ordinal, std::int64_t offset) override;
  QueueCounts counts() const override { return counts_; }
  base::Result<std::optional<base::WallTime>> oldest_waiting() override;
  base::Status self_check() override;
  base::Status check_pages() override;
  base::Status check_indexes() override;
  double fill() override;
  base::Status tidy(Tidy occasion) override;

 private:
  struct Candidate {
    Lease lease;
    std::string chain;
    bool has_parts = false;
  };
  struct Known {
    std::int64_t row = 0;
    State state = State::queued;
  };
  base::Result<std::uint32_t> unused_receipt_number();
  base::Result<bool> insert(const Envelope& envelope, bool& lease_it);
  base::Result<std::int64_t> insert_row(const Envelope& envelope, std::uint32_t receipt, bool lease_it);
  base::Result<Stored> read_back(const Envelope& envelope, bool leased);
  base::Result<bool> somebody_before(std::string_view chain, std::int64_t row);
  base::Result<std::optional<Lease>> lease_next(const Claim& claim);
  base::Result<std::optional<Lease>> lease_first(const base::Uuid& id);
  base::Result<std::optional<Lease>> lease_from(std::string_view sql, std::int64_t after, std::int64_t until);
  base::Result<bool> is_sound(const Candidate& candidate);
  base::Result<bool> begin(Candidate& candidate);
  base::Status begin_attempt(const Lease& lease);
  base::Status end_attempt(const Lease& lease, const Conclusion& conclusion);
  base::Status move(std::int64_t row, State from, State to);
  base::Status hold_damaged(std::int64_t row, State state);
  base::Result<Known> known(const base::Uuid& id);
  template <class Change>
  base::Status act(const base::Uuid& id, Change change);
  base::Status end_lost_attempts();
  enum class Parts : std::uint8_t { checked, not_checked };
  base::Status check_payloads(std::string_view sql, std::int64_t after, std::int64_t most, Parts parts,
                              std::int64_t* last = nullptr);
  struct KeptPayloads {
    std::int64_t all = 0, wanted = 0, parts = 0;
  };
  base::Result<QueueCounts> check_rows();
  base::Result<KeptPayloads> count_payloads();
  base::Status check_parts(std::int64_t expected);
  base::Result<QueueCounts> count_rows();
  base::Status learn_counts();
  double quota_share(std::int64_t more_bytes = 0);
  base::Status forget(std::int64_t keep_acknowledged, std::int64_t keep_tombstones);
  base::Status delete_tombstones(std::int64_t count);
  base::Status scrub();
  std::int64_t wall_ms() const;

  FolderLock lock_;  // released last
  Database database_;
  Ballast ballast_;
  std::int64_t quota_pages_;
  std::string boot_id_;
  const base::Clock& clock_;
  base::Random& random_;
  QueueCounts counts_;              // what is committed
  QueueCounts pending_;             // what will be, inside a transition
  std::int64_t first_waiting_ = 0;  // no QUEUED or INFLIGHT row has a smaller number
};

}  // namespace offline_cache
