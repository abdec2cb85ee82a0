#include "offline_cache/state.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "offline_cache/sqlite/database.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;

// One application brought into `state` through the outbox itself.
Stored in_state(Queue& queue, State state) {
  const Stored stored = queue.add(state != State::queued);
  if (state == State::queued || state == State::in_flight) return stored;
  const Ending ending = state == State::acknowledged ? Ending::acknowledged
                        : state == State::rejected   ? Ending::rejected
                                                     : Ending::held;
  queue.conclude(*stored.lease, {ending, "2026-000017", {}, 0, 0});
  const bool as_wanted = state != State::tombstone || queue.outbox->discard(stored.id, "the resident came in person");
  EXPECT_TRUE(as_wanted);
  return stored;
}

TEST(TheStates, have_a_name_and_only_tombstones_have_no_way_out) {
  for (const State state : kAllStates) {
    EXPECT_EQ(find_state(name_of(state)), state);
    const bool leads_on = std::ranges::any_of(kAllStates, [&](State to) { return legal(state, to); });
    EXPECT_EQ(leads_on, state != State::tombstone) << name_of(state);
    EXPECT_FALSE(legal(state, state));
  }
  EXPECT_EQ(transitions().size(), 13U);
  EXPECT_EQ(find_state("queued"), std::nullopt);
}

TEST(TheStates, are_never_left_for_dead_without_the_office_or_a_human) {
  for (const State from : {State::queued, State::in_flight}) EXPECT_FALSE(legal(from, State::tombstone));
}

// What the table does not have, no statement can do: neither ours nor that of somebody with a shell.
TEST(TheDatabase, takes_exactly_the_ways_of_the_table) {
  for (const State from : kAllStates) {
    Queue queue;
    in_state(queue, from);
    queue.close();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
    for (const State to : kAllStates) {
      const std::string sql = fmt::format("SAVEPOINT a; UPDATE app SET st={}; ROLLBACK TO a; RELEASE a", static_cast<int>(to));
      const int code = sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr);
      EXPECT_EQ(code == SQLITE_OK, legal(from, to)) << name_of(from) << " to " << name_of(to) << ": " << sqlite3_errmsg(raw);
      if (code != SQLITE_OK) sqlite3_exec(raw, "ROLLBACK TO a; RELEASE a", nullptr, nullptr, nullptr);
    }
    sqlite3_close(raw);
  }
}

TEST(TheDatabase, never_lets_a_payload_change_nor_go_before_the_office_has_it) {
  for (const State state : {State::queued, State::in_flight, State::rejected, State::held}) {
    Queue queue;
    in_state(queue, state);
    queue.close();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
    for (const char* sql : {"DELETE FROM payload", "UPDATE payload SET bytes='x'", "DELETE FROM app", "UPDATE app SET receipt=1",
                            "UPDATE app SET ct_sha256=zeroblob(32)", "UPDATE app SET sid=zeroblob(16)", "UPDATE app SET seq=9"})
      EXPECT_NE(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql << " in " << name_of(state);
    sqlite3_close(raw);
  }
}

}  // namespace
