// A day of the queue in which every transition happens, the oracle of what may be found after any cut, and the comparison.
//
// The day is played once undisturbed and its states are noted after every step. Played again on another disk, it is cut at
// every operation; what recovery then finds has to be, whole, either the states before the step under way or those after it:
// a step that was acknowledged is never lost, a step under way is never half done.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "offline_cache/sqlite/sqlite_outbox.h"
#include "tests/offline_cache/crash/crash_vfs.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace crash {

struct Found {
  offline_cache::State state = offline_cache::State::queued;
  std::string receipt_code, number;
  std::string parts;  // one letter each: W waits, A arrived
  friend bool operator==(const Found&, const Found&) = default;
};
using States = std::map<std::string, Found>;  // by id

// An outbox on a crash disk. The lock and the ballast lie in a real folder of their own.
struct MountedOutbox {
  std::unique_ptr<Mount> mount;                // these two outlive the outbox
  std::unique_ptr<base::SeededRandom> random;  // always the same, so that every run gives the same receipt codes
  std::unique_ptr<offline_cache::SqliteOutbox> outbox;
};

class ScriptedDay {
 public:
  explicit ScriptedDay(std::uint64_t seed);

  // A new, empty queue that is wholly on the medium.
  void begin(Disk& disk);
  // Opens what is on the disk as the program does after a start: schema, quick check, recovery, self check.
  base::Result<MountedOutbox> open(Disk& disk, int sector, bool powersafe);

  std::size_t steps() const { return kSteps; }
  // Plays the steps from the first on; stops at the first that fails and returns its index (steps(): none did).
  // `after_step` hears the index of each that succeeded.
  std::size_t play(offline_cache::Outbox& outbox, const std::function<void(std::size_t)>& after_step);

  // The states the queue answers with, through find().
  base::Result<States> states(offline_cache::Outbox& outbox) const;
  // What recovery makes of states: an attempt under way is ended.
  static States recovered(States states);
  // Every payload that must be there is, with the digest it was given. Empty, or what is wrong. `held_may_differ`: a medium
  // that changes bytes by itself is noticed by holding the row.
  std::string check_payloads(offline_cache::Outbox& outbox, bool held_may_differ = false) const;
  // An application nobody has seen yet: to see that the queue serves again.
  offline_cache::Envelope another();

 private:
  base::Status part_arrived(offline_cache::Outbox& outbox);
  static constexpr std::size_t kSteps = 32;
  static constexpr std::size_t kApplications = 9;
  base::Status step(std::size_t index, offline_cache::Outbox& outbox);
  base::Status step_with_attachments(std::size_t index, offline_cache::Outbox& outbox);
  base::Status enqueue(offline_cache::Outbox& outbox, std::size_t which, bool lease_it);
  base::Status claim(offline_cache::Outbox& outbox, const offline_cache::Claim& wish);
  base::Status conclude(offline_cache::Outbox& outbox, offline_cache::Conclusion how, const offline_cache::Claim& next);

  test_support::FakeClock clock_;
  base::SeededRandom random_;
  base::UuidSource ids_;
  test_support::TemporaryFolder folder_;
  std::array<offline_cache::Envelope, kApplications> applications_;
  std::optional<offline_cache::Lease> lease_;
};

}  // namespace crash
