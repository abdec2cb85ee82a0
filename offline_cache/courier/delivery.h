// What the courier does, without its thread: takes submissions into the outbox and carries them to the platform, one at a
// time. Every method is called on the courier's thread.
//
// Who is next: the application whose resident still stands here (once, at once, unless the platform asked for silence);
// else, when the circuit allows, the oldest. After a failure that was not a plain "cannot connect", the next probe takes
// the record behind the one that failed, so that one bad record never holds up the others. What waits behind a HELD one of its
// chain is nobody's turn until a person has decided about that.
//
// An application with attachments is one attempt: its parts go first, each is acknowledged and noted by itself, and the
// application is last. A failure ends the attempt; the next one goes on behind the last part that arrived.
#pragma once

#include <deque>
#include <memory>

#include "offline_cache/courier/announcer.h"
#include "offline_cache/courier/circuit.h"
#include "offline_cache/courier/key_chain.h"
#include "offline_cache/courier/outbox_keeper.h"
#include "offline_cache/courier/queue_courier.h"
#include "offline_cache/courier/queue_export.h"
#include "offline_cache/courier/suspects.h"
#include "offline_cache/courier/weekly_check.h"
#include "offline_cache/http/http_client.h"

namespace offline_cache {

inline constexpr std::size_t kMostFresh = 64;               // submissions remembered as "just made"
inline constexpr std::chrono::hours kHousekeepingEvery{1};  // self check, scrub, checkpoint
inline constexpr std::chrono::hours kPagesCheckedEvery{24};
inline constexpr std::chrono::hours kProbeHeldEvery{24};
inline constexpr std::chrono::minutes kPartPatience{5};  // for one part: 2 kB/s; a line that is dead is noticed long before
inline constexpr int kPortalAlarm = 3;                   // answers in a row of something that is not the platform

class Delivery {
 public:
  Delivery(CourierConfiguration configuration, const base::Clock& clock, base::Random& random, CourierSink sink);

  void begin();
  void submit(const Submission& submission);
  void send_now();
  QueueView look(const QueueQuestion& question);
  void act(const QueueAction& action, const QueueActionSink& done);
  void ask_status(StatusQuestion question);
  void use_seal_keys(const std::vector<SealKey>& keys);
  // Starts whatever is due, then waits for the network, for wake(), or until something becomes due.
  void step();
  std::chrono::milliseconds patience();  // until something becomes due by itself; 0: now
  // Gives an unfinished attempt back, so that an orderly end is not mistaken for a death.
  void end();

  void wake() { http_.wake(); }  // any thread

 private:
  struct AskedStatus {
    StatusQuestion question;
    StatusAnswer answer;    // what is known so far
    std::string envelope;   // the question, sealed
    base::Instant until{};  // somebody waits
    bool sent = false;      // it is what http_ is busy with
  };
  struct Export {
    QueueAction action;
    QueueActionSink done;
    int opening = 0;  // the queue's, whose rows are read
    std::unique_ptr<QueueExport> work;
  };
  // delivery_status.cpp
  base::Status look_by_card(const StatusQuestion& question, StatusAnswer& answer);
  base::Result<std::optional<base::Uuid>> look_by_paper(const StatusQuestion& question, StatusAnswer& answer);
  void cannot_look(const base::Error& error);
  bool start_status();
  void finish_status(const RawAnswer& answer);
  void end_status(std::optional<base::Failure> failure);
  void give_up_status();
  // delivery_operator.cpp
  void begin_export(const QueueAction& action, const QueueActionSink& done);
  void go_on_exporting();
  void end_export(const base::Status& status);
  void tell_done(const QueueActionDone& result, const QueueActionSink& done) const;
  // delivery_turns.cpp
  int queued();
  // Something waits, and not all of it behind a HELD one of its chain.
  bool sendable();
  Claim next_claim() const;
  void start_next();
  std::optional<Lease> due_probe();
  bool start_health_check();
  void claim_failed(const base::Error& error);
  void had_its_turn(const Claim& claim);
  // delivery.cpp
  void send(Lease lease);
  HttpRequest part_request(const Lease& lease);
  void part_arrived(Lease lease);
  void finish(const RawAnswer& answer);
  void finish_health(const RawAnswer& answer);
  void finish_lease(const RawAnswer& answer);
  Conclusion judge(const Verdict& verdict, const Lease& lease);
  void failed(const Lease& lease, base::Failure failure, std::optional<std::chrono::seconds> retry_after);
  Chain keyed(const base::Secret& chain_of) const;
  void conclude(const Lease& lease, const Conclusion& conclusion);
  std::optional<Stored> store(const Submission& submission);
  void tell_saved(const Stored& stored) const;
  void report();
  void tell_counts();
  base::Result<KeyChain::Ready> keys();
  void raise_alarm(const Lease& lease, base::Failure failure);
  void housekeep(Outbox::Tidy occasion);
  base::Status check_the_file();
  bool may_send_at_once() const;
  bool online() const { return !configuration_.platform_url.empty(); }

  CourierConfiguration configuration_;
  const base::Clock& clock_;
  base::Random& random_;
  Announcer announcer_;
  KeyChain keys_;
  OutboxKeeper keeper_;
  WeeklyCheck weekly_check_;
  Circuit circuit_;
  Suspects suspects_;
  HttpClient http_;
  std::optional<Lease> in_flight_;  // nothing while http_ is busy: a health check, or a question
  std::optional<AskedStatus> asked_;
  std::optional<Export> export_;
  std::deque<base::Uuid> fresh_;
  std::optional<QueueCounts> fruitless_;  // while the queue is as it was then, nothing of it may be sent
  std::int64_t failed_row_ = 0;           // probes go on behind it
  std::int64_t probed_row_ = 0;           // of today's round of probes, the last HELD row that had its chance
  base::Instant next_probes_{};
  ChainKey chain_key_{};
  int portals_in_a_row_ = 0;
  base::Instant next_housekeeping_{};
  base::Instant next_page_check_{};
};

}  // namespace offline_cache
