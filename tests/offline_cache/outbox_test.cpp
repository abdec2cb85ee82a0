#include "offline_cache/outbox.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>

#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;
using base::Failure;

TEST(AnOutbox, keeps_what_it_accepted_over_a_restart) {
  Queue queue;
  const Stored stored = queue.add();
  queue.reopen();
  const auto found = queue.outbox->find(stored.id);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->receipt_code, stored.receipt_code);
  EXPECT_EQ((*found)->state, State::queued);
  EXPECT_EQ((*found)->created, stored.created);
}

TEST(AnOutbox, gives_the_same_code_for_the_same_id) {
  Queue queue;
  const auto id = queue.ids.next();
  const auto first = queue.outbox->enqueue(envelope_for(id), false);
  const auto again = queue.outbox->enqueue(envelope_for(id, 700), false);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->receipt_code, again->receipt_code);
  EXPECT_EQ(queue.outbox->counts().queued, 1);
  EXPECT_EQ(queue.claim()->envelope, envelope_for(id).bytes);  // the first bytes, for ever
  EXPECT_TRUE(queue.outbox->self_check());                     // and no gap in the sequence
}

TEST(AnOutbox, is_found_by_receipt_code) {
  Queue queue;
  const Stored stored = queue.add();
  const auto found = queue.outbox->find_receipt(stored.receipt_code);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->id, stored.id);
  const auto unknown = queue.outbox->find_receipt("000-000-Z");
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(*unknown);
}

TEST(AnOutbox, never_gives_one_receipt_code_twice) {
  // A source of randomness that repeats itself: every code collides with the one before.
  class Stuck final : public base::Random {
   public:
    void fill(std::span<std::uint8_t> bytes) override {
      for (auto& byte : bytes) byte = static_cast<std::uint8_t>(++calls_ / 512);
    }

   private:
    unsigned calls_ = 0;
  };
  Queue queue;
  Stuck stuck;
  queue.close();
  auto opened = open_outbox(queue.folder.path(), queue.limits, queue.clock, stuck);
  ASSERT_TRUE(opened);
  std::set<std::string> codes;
  for (int i = 0; i < 20; ++i) {
    const auto stored = opened->outbox->enqueue(envelope_for(queue.ids.next()), false);
    ASSERT_TRUE(stored) << stored.error().detail;
    EXPECT_TRUE(codes.insert(stored->receipt_code).second);
  }
}

TEST(AnOutbox, leases_the_oldest_first_and_one_at_a_time) {
  Queue queue;
  const Stored one = queue.add(), two = queue.add();
  const auto lease = queue.claim();
  ASSERT_TRUE(lease);
  EXPECT_EQ(lease->id, one.id);
  EXPECT_EQ(lease->attempt, 1);
  EXPECT_FALSE(queue.claim());
  const auto next = queue.conclude(*lease, acknowledged(), kNext);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->id, two.id);
}

TEST(AnOutbox, leases_the_one_whose_resident_waits) {
  Queue queue;
  queue.add();
  const Stored fresh = queue.add();
  EXPECT_EQ(queue.claim({true, fresh.id, 0})->id, fresh.id);
}

TEST(AnOutbox, goes_on_behind_the_record_that_failed_and_comes_round) {
  Queue queue;
  const Stored one = queue.add(), two = queue.add();
  const auto first = queue.claim();
  const auto second = queue.conclude(*first, try_again(), {true, {}, first->row});
  EXPECT_EQ(second->id, two.id);
  const auto third = queue.conclude(*second, try_again(), {true, {}, second->row});
  EXPECT_EQ(third->id, one.id);
  EXPECT_EQ(third->attempt, 2);
}

TEST(AnOutbox, leases_a_new_application_in_the_transaction_that_stores_it) {
  Queue queue;
  const Stored stored = queue.add(true);
  ASSERT_TRUE(stored.lease);
  EXPECT_EQ(stored.lease->envelope, envelope_for(stored.id).bytes);
  EXPECT_EQ(queue.outbox->counts().in_flight, 1);
  EXPECT_FALSE(queue.add(true).lease);  // one sender
  EXPECT_EQ(queue.outbox->counts().queued, 1);
}

TEST(AnOutbox, erases_the_payload_with_the_acknowledgement) {
  Queue queue;
  const Stored stored = queue.add(true);
  queue.conclude(*stored.lease, acknowledged());
  const auto found = queue.outbox->find(stored.id);
  EXPECT_EQ((*found)->state, State::acknowledged);
  EXPECT_EQ((*found)->number, "2026-000017");
  EXPECT_TRUE(queue.outbox->self_check());  // invariant 3
  EXPECT_EQ(queue.outbox->counts().waiting(), 0);
}

TEST(AnOutbox, keeps_the_payload_of_what_was_refused) {
  Queue queue;
  for (const Ending ending : {Ending::held, Ending::rejected}) {
    const Stored stored = queue.add(true);
    queue.conclude(*stored.lease, {ending, {}, Failure::save_record_held, 422, 0});
    EXPECT_EQ(queue.state(stored.id), ending == Ending::held ? State::held : State::rejected);
  }
  EXPECT_FALSE(queue.claim());
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnOutbox, returns_what_was_in_flight_to_the_queue_when_it_is_opened) {
  Queue queue;
  const Stored stored = queue.add(true);
  queue.reopen();
  EXPECT_EQ(queue.state(stored.id), State::queued);
  EXPECT_EQ(queue.claim()->attempt, 2);
}

TEST(AnOutbox, holds_a_record_whose_sender_died_three_times_in_a_row) {
  Queue queue;
  const Stored deadly = queue.add(true);
  const Stored harmless = queue.add();
  queue.reopen();
  queue.claim();
  queue.reopen();
  EXPECT_EQ(queue.claim()->id, deadly.id);
  queue.reopen();
  EXPECT_EQ(queue.state(deadly.id), State::held);
  EXPECT_EQ(queue.claim()->id, harmless.id);
}

TEST(AnOutbox, does_not_suspect_a_record_whose_attempts_ended) {
  Queue queue;
  const Stored stored = queue.add(true);
  queue.reopen();
  queue.claim();
  queue.reopen();
  queue.conclude(*queue.claim(), try_again());
  queue.claim();
  queue.reopen();
  EXPECT_EQ(queue.state(stored.id), State::queued);
}

TEST(AnOutbox, takes_an_acknowledgement_that_comes_after_it_was_opened_anew) {
  Queue queue;
  const Stored stored = queue.add(true);
  queue.reopen();
  queue.conclude(*stored.lease, acknowledged());
  EXPECT_EQ(queue.state(stored.id), State::acknowledged);
  EXPECT_TRUE(queue.outbox->self_check());
}

TEST(AnOutbox, refuses_to_conclude_what_is_not_in_flight) {
  Queue queue;
  const Stored stored = queue.add(true);
  queue.conclude(*stored.lease, acknowledged());
  EXPECT_FALSE(queue.outbox->conclude(*stored.lease, try_again(), kClaimNothing));
  EXPECT_EQ(queue.state(stored.id), State::acknowledged);
}

TEST(AnOutbox, keeps_count_through_every_transition) {
  Queue queue;
  for (int i = 0; i < 30; ++i) {
    const Stored stored = queue.add(i % 2 == 0);
    auto lease = stored.lease ? stored.lease : queue.claim();
    ASSERT_TRUE(lease);
    const Ending ending = i % 5 == 0 ? Ending::held : i % 3 == 0 ? Ending::try_again : Ending::acknowledged;
    queue.conclude(*lease, {ending, "n", {}, 0, 0});
    ASSERT_TRUE(queue.outbox->self_check()) << i;
  }
}

TEST(AnOutbox, tells_how_long_the_oldest_has_waited) {
  Queue queue;
  EXPECT_FALSE(*queue.outbox->oldest_waiting());
  const Stored first = queue.add();
  queue.add();
  EXPECT_EQ(**queue.outbox->oldest_waiting(), first.created);
}

TEST(AnOutbox, tells_of_the_oldest_through_every_transition) {
  Queue queue;
  std::vector<base::WallTime> made;
  std::vector<base::Uuid> ids;
  for (int i = 0; i < 3; ++i) {
    Envelope envelope = envelope_for(ids.emplace_back(queue.ids.next()));
    made.push_back(envelope.created += std::chrono::minutes{i});
    ASSERT_TRUE(queue.outbox->enqueue(envelope, false));
  }
  const auto oldest = [&queue] { return *queue.outbox->oldest_waiting(); };
  auto lease = queue.claim();
  EXPECT_EQ(oldest(), made[0]);  // under way, and not there yet
  queue.conclude(*lease, acknowledged());
  EXPECT_EQ(oldest(), made[1]);
  queue.conclude(*queue.claim(), {Ending::held, {}, base::Failure::net_platform_busy, 500, 0, true});
  EXPECT_EQ(oldest(), made[2]);
  queue.conclude(*queue.claim(), acknowledged());
  EXPECT_FALSE(oldest());
  lease = queue.claim({true, {}, 0, true});
  EXPECT_EQ(oldest(), made[1]);  // a probe, behind which others were sent
  queue.conclude(*lease, {Ending::held, {}, base::Failure::net_platform_busy, 500, 0, true});
  EXPECT_FALSE(oldest());
  ASSERT_TRUE(queue.outbox->retry(ids[1]));
  EXPECT_EQ(oldest(), made[1]);
  queue.reopen();
  EXPECT_EQ(oldest(), made[1]);
}

TEST(AnOutbox, notices_rows_that_vanished) {
  Queue queue;
  queue.add();
  queue.add();
  queue.close();
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "DROP TRIGGER app_kept; DELETE FROM app WHERE seq=1", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  const auto opened = queue.try_open();
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->damaged_queues, 1);           // set aside as evidence
  EXPECT_EQ(opened->outbox->counts().queued, 2);  // its payload knew everything
}

TEST(AnOutbox, forgets_the_oldest_acknowledged_rows_and_still_adds_up) {
  Queue queue;
  for (std::int64_t i = 0; i < kKeptAcknowledged + 150; ++i) queue.conclude(*queue.add(true).lease, acknowledged());
  const Stored waiting = queue.add();
  ASSERT_TRUE(queue.outbox->tidy(Outbox::Tidy::when_idle));
  EXPECT_EQ(queue.outbox->counts().tombstones, 150);
  EXPECT_EQ(queue.outbox->counts().acknowledged, kKeptAcknowledged);
  EXPECT_TRUE(queue.outbox->self_check());
  EXPECT_EQ(queue.state(waiting.id), State::queued);
}

TEST(AnOutbox, has_every_setting_that_durability_hangs_on) {
  Queue queue;
  queue.add();
  EXPECT_TRUE(std::filesystem::exists(queue.folder / "outbox" / "outbox.db-wal"));
  EXPECT_FALSE(std::filesystem::exists(queue.folder / "outbox" / "outbox.db-shm"));
  queue.close();
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
  const auto number = [&](const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(raw, sql, -1, &statement, nullptr);
    sqlite3_step(statement);
    const int value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
  };
  EXPECT_EQ(number("PRAGMA application_id"), 0x4C4E4C49);
  EXPECT_EQ(number("PRAGMA user_version"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM pragma_table_list WHERE schema='main' AND strict=1 AND name IN "
                   "('app','payload','attempt','tally')"),
            4);
  sqlite3_close(raw);
}

}  // namespace
