// A queue that an earlier version left behind, with rows in every state, comes into this one whole.
#include "test_places.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <map>

#include "base/check_symbol.h"
#include "offline_cache/sqlite/store_files.h"
#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;

struct Row {
  int state = 0;
  std::string code, number, payload;
  std::int64_t seq = 0, started = 0;
  friend bool operator==(const Row&, const Row&) = default;
};
using Rows = std::map<std::string, Row>;  // by id

std::string text(sqlite3_stmt* row, int column) {
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, column));
  return bytes == nullptr ? "" : std::string(bytes, size);
}

// Made by version 1 (schema 1): 424 acknowledged, 200 tombstones, 513 purged, 40 rejected, 60 held, 699 waiting, one of
// whose senders died, one in flight.
void unpack(const std::filesystem::path& data) {
  std::filesystem::create_directories(data / "outbox");
  const std::string archive = std::string(LINLI_SOURCE_DIR) + "/tests/offline_cache/fixtures/outbox-v1.tar.xz";
  ASSERT_EQ(ChildProcess({"tar", "-xJf", archive, "-C", (data / "outbox").string()}).wait(), 0);
}

// A payload, a code without its check symbol, and what else must survive.
Rows version_1_rows(const std::filesystem::path& data) {
  Rows rows;
  sqlite3* raw = nullptr;
  sqlite3_stmt* row = nullptr;
  EXPECT_EQ(sqlite3_open((data / "outbox" / "outbox.db").c_str(), &raw), SQLITE_OK);
  sqlite3_prepare_v2(raw, "SELECT sid,st,receipt,srv_no,envelope,seq,started FROM app", -1, &row, nullptr);
  while (sqlite3_step(row) == SQLITE_ROW)
    rows[text(row, 0)] = {sqlite3_column_int(row, 1),   text(row, 2).substr(0, 7),   text(row, 3), text(row, 4),
                          sqlite3_column_int64(row, 5), sqlite3_column_int64(row, 6)};
  sqlite3_finalize(row);
  sqlite3_close(raw);
  return rows;
}

void expect_the_same(Outbox& outbox, Rows expected) {
  std::int64_t last = 0;
  for (;;) {
    const auto page = outbox.list({}, last, 500);
    ASSERT_TRUE(page);
    if (page->empty()) break;
    for (const Listed& row : *page) {
      last = row.row;
      const auto found = expected.find(row.stored.id.text());
      ASSERT_NE(found, expected.end()) << row.stored.id.text();
      const Row& was = found->second;
      const int state = was.state == 2 ? 1 : was.state;  // its sender is dead
      EXPECT_EQ(static_cast<int>(row.stored.state), state);
      EXPECT_EQ(row.stored.receipt_code.substr(0, 7), was.code);
      EXPECT_EQ(row.stored.number, was.number);
      EXPECT_EQ(row.row, was.seq);
      EXPECT_EQ(row.attempts, was.started);
      const auto envelope = outbox.envelope(row.row);
      ASSERT_TRUE(envelope);
      ASSERT_EQ(envelope->has_value(), !was.payload.empty());
      if (*envelope) {
        EXPECT_EQ((*envelope)->bytes, was.payload);
        EXPECT_EQ((*envelope)->digest, sha256(was.payload));
      }
      expected.erase(found);
    }
  }
  EXPECT_TRUE(expected.empty()) << expected.size() << " rows are lost";
}

TEST(AQueueOfVersionOne, comes_into_this_version_whole) {
  Queue queue;
  queue.close();
  std::filesystem::remove_all(queue.folder / "outbox");
  unpack(queue.folder.path());
  std::filesystem::create_directory(queue.folder / "before");
  unpack(queue.folder / "before");
  const Rows rows = version_1_rows(queue.folder / "before");
  ASSERT_EQ(rows.size(), 1424U);
  queue.reopen();
  const auto counts = queue.outbox->counts();
  EXPECT_EQ(counts, (QueueCounts{700, 0, 424, 40, 60, 200, 513}));
  expect_the_same(*queue.outbox, rows);
  EXPECT_TRUE(queue.outbox->self_check());
  queue.add();
  queue.reopen();
  EXPECT_EQ(queue.outbox->counts().queued, 701);
  EXPECT_EQ(queue.outbox->list(State::queued, 1937, 10)->size(), 1U);  // the next number after the last
}

TEST(AQueueOfVersionOne, drains_in_its_old_order) {
  Queue queue;
  queue.close();
  std::filesystem::remove_all(queue.folder / "outbox");
  unpack(queue.folder.path());
  queue.reopen();
  std::int64_t last = 0;
  int sent = 0;
  for (auto lease = queue.claim(); lease; lease = queue.conclude(*lease, acknowledged(), kNext), ++sent) {
    EXPECT_GT(lease->row, last);
    last = lease->row;
  }
  EXPECT_EQ(sent, 700);
}

TEST(AQueueOfVersionOne, killed_at_any_write_of_its_migration_is_old_or_new) {
  if (ChildProcess({"strace", "-qq", "-o", "/dev/null", "true"}).wait() != 0) GTEST_SKIP() << "strace cannot trace here";
  test_support::TemporaryFolder folder;
  unpack(folder / "before");
  const Rows rows = version_1_rows(folder / "before");
  for (int k = 1; k < 100'000; k = k * 5 / 3 + 1) {
    SCOPED_TRACE(k);
    const auto data = folder / fmt::format("data-{}", k);
    std::filesystem::copy(folder / "before", data, std::filesystem::copy_options::recursive);
    const int status = ChildProcess(traced_outbox_child({"-o", "/dev/null", "-e", "trace=pwrite64", "-e",
                                                         fmt::format("inject=pwrite64:signal=KILL:when={}", k)},
                                                        {"open", data.string()}))
                           .wait();
    test_support::FakeClock clock;
    base::SeededRandom random(1);
    auto opened = open_outbox(data, {.ballast_bytes = 64 << 10}, clock, random);
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_EQ(opened->damaged_queues, 0);
    EXPECT_EQ(opened->outbox->counts(), (QueueCounts{700, 0, 424, 40, 60, 200, 513}));
    expect_the_same(*opened->outbox, rows);
    opened->outbox.reset();
    std::filesystem::remove_all(data);
    if (status == 0) return;  // it was never killed: there are no more writes
  }
  FAIL() << "the migration never ended";
}

TEST(AQueueOfVersionOne, that_was_damaged_is_set_aside_and_rescued) {
  Queue queue;
  queue.close();
  std::filesystem::remove_all(queue.folder / "outbox");
  unpack(queue.folder.path());
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "DELETE FROM app WHERE seq=1500", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  auto opened = queue.try_open();
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->damaged_queues, 1);
  const auto counts = opened->outbox->counts();
  EXPECT_EQ(counts.queued + counts.held + counts.rejected + counts.acknowledged + counts.tombstones, 1423);
}

}  // namespace
