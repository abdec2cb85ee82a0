// A queue whose files were hurt: nothing that can still be read is lost, nothing that was changed is sent, service goes on.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/files.h"
#include "offline_cache/courier/delivery.h"
#include "offline_cache/courier/outbox_keeper.h"
#include "offline_cache/sqlite/database.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;
using base::Failure;

std::string contents(const std::filesystem::path& file) { return *base::read_file(file, 256U << 20U); }

void put(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::size_t root_of(const std::filesystem::path& file, const char* table) {
  sqlite3* raw = nullptr;
  sqlite3_stmt* statement = nullptr;
  sqlite3_open(file.c_str(), &raw);
  sqlite3_prepare_v2(raw, "SELECT rootpage FROM sqlite_schema WHERE name=?", -1, &statement, nullptr);
  sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
  const auto root = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  sqlite3_close(raw);
  return static_cast<std::size_t>(root);
}

// Pages are counted from 1.
void trash_page(const std::filesystem::path& file, std::size_t page) {
  std::fstream(file, std::ios::binary | std::ios::in | std::ios::out).seekp(static_cast<std::streamoff>((page - 1) * 4096))
      << std::string(4096, '\xA5') << std::flush;
}

// Five waiting rows, all in the database file.
std::vector<Stored> fill_and_close(Queue& queue, int rows = 5) {
  std::vector<Stored> stored;
  for (int i = 0; i < rows; ++i) stored.push_back(queue.add());
  queue.close();
  return stored;
}

void expect_rescued(Queue& queue, const std::vector<Stored>& stored, int at_least) {
  auto opened = queue.try_open();
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->damaged_queues, 1);
  queue.outbox = std::move(opened->outbox);
  int found = 0;
  for (const Stored& one : stored) {
    const auto row = queue.outbox->find(one.id);
    ASSERT_TRUE(row);
    if (!*row) continue;
    ++found;
    EXPECT_EQ((*row)->receipt_code, one.receipt_code);
  }
  EXPECT_GE(found, at_least);
  EXPECT_TRUE(queue.outbox->self_check());
  queue.add();  // service goes on
  queue.reopen();
  EXPECT_EQ(queue.outbox->counts().queued + queue.outbox->counts().held, found + 1);
}

TEST(ADamagedQueue, holds_the_row_whose_payload_changed_and_sends_the_others) {
  Queue queue;
  const auto stored = fill_and_close(queue);
  std::string bytes = contents(queue.file());
  const auto at = bytes.find(stored[2].id.text() + R"(","kid")");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 300] = static_cast<char>(bytes[at + 300] ^ 4);
  put(queue.file(), bytes);
  queue.reopen();
  EXPECT_EQ(queue.state(stored[2].id), State::held);
  EXPECT_EQ(queue.outbox->counts().queued, 4);
  EXPECT_EQ(queue.claim()->id, stored[0].id);
}

TEST(ADamagedQueue, looks_again_before_each_attempt) {
  Queue queue;
  queue.limits.rows_to_digest = 0;
  const auto stored = fill_and_close(queue);
  std::string bytes = contents(queue.file());
  bytes[bytes.find(stored[0].id.text() + R"(","kid")") + 300] = 'B';
  put(queue.file(), bytes);
  queue.reopen();
  EXPECT_EQ(queue.outbox->counts().queued, 5);
  EXPECT_EQ(queue.claim()->id, stored[1].id);
  EXPECT_EQ(queue.state(stored[0].id), State::held);
  EXPECT_TRUE(queue.outbox->self_check());
}

// While it is open, with every page in memory: only a look at the disk itself can tell.
TEST(ADamagedQueue, is_noticed_while_it_is_in_use) {
  Queue queue;
  for (int i = 0; i < 5; ++i) queue.add();
  ASSERT_TRUE(queue.outbox->tidy(Outbox::Tidy::hourly));
  EXPECT_TRUE(queue.outbox->check_pages());
  const auto copy = queue.folder / "copy.db";
  std::filesystem::copy_file(queue.file(), copy);  // the queue itself lets nobody else look
  trash_page(queue.file(), root_of(copy, "app_chain"));
  EXPECT_TRUE(queue.outbox->self_check()) << "memory says that all is well";
  EXPECT_EQ(queue.outbox->check_pages().error().failure, Failure::save_store_corrupt);
}

// Once a day, and then the queue is set aside and everything rescued, as at a start.
TEST(ADamagedQueue, in_a_kiosk_that_runs_for_weeks_is_mended_within_a_day) {
  const test_support::TemporaryFolder folder;
  test_support::FakeClock clock;
  base::SystemRandom random;
  CourierConfiguration configuration;
  configuration.data_folder = folder.path();
  configuration.office_key = std::string(64, 'a');
  IntakeChanged intake;
  std::optional<Delivery> delivery;
  const auto start = [&] {
    delivery.emplace(configuration, clock, random, [&](const CourierEvent& event) {
      if (const auto* changed = std::get_if<IntakeChanged>(&event)) intake = *changed;
    });
    delivery->begin();
  };
  const auto pass = [&](std::chrono::hours time) {
    clock.advance(time);
    for (int turn = 0; turn < 3; ++turn) {
      delivery->wake();
      delivery->step();
    }
  };
  start();
  pass(std::chrono::hours{1});
  const auto file = folder / "outbox" / "outbox.db";
  trash_page(file, contents(file).size() / 4096);
  pass(std::chrono::hours{1});
  EXPECT_FALSE(intake.failure);
  pass(kPagesCheckedEvery);
  EXPECT_EQ(intake.failure, Failure::save_store_corrupt);
  EXPECT_TRUE(intake.open) << "service goes on";
  EXPECT_TRUE(intake.set_aside_now);
  delivery.reset();
  start();
  EXPECT_EQ(intake.failure, Failure::save_store_corrupt) << "an operator has not seen to it yet";
  EXPECT_FALSE(intake.set_aside_now) << "but it was another run that found it";
}

// More than 64 MiB: there, indexes are compared with their tables neither at the start nor every day.
TEST(ADamagedQueue, with_a_long_file_is_mended_within_a_week) {
  Queue queue;
  queue.limits.quota_bytes = 256 << 20;
  queue.reopen();
  for (int i = 0; i < 70; ++i) ASSERT_TRUE(queue.outbox->enqueue(envelope_for(queue.ids.next(), 1 << 20), false));
  const auto id = queue.outbox->list(std::nullopt, 0, 1)->front().stored.id;
  queue.close();
  const auto page = (root_of(queue.file(), "sqlite_autoindex_app_1") - 1) * 4096;  // the ids, in a page that is sound by itself
  const auto bytes = contents(queue.file());
  const auto at = bytes.find(std::string(id.bytes.begin(), id.bytes.end()), page);
  ASSERT_LT(at, page + 4096);
  std::fstream(queue.file(), std::ios::binary | std::ios::in | std::ios::out)
      .seekp(static_cast<std::streamoff>(at + 15))
      .put(static_cast<char>(bytes[at + 15] ^ 1));
  base::SystemRandom random;
  CourierConfiguration configuration;
  configuration.data_folder = queue.folder.path();
  configuration.office_key = std::string(64, 'a');
  std::optional<Failure> failure;
  Delivery delivery(configuration, queue.clock, random, [&](const CourierEvent& event) {
    if (const auto* changed = std::get_if<IntakeChanged>(&event)) failure = changed->failure;
  });
  const auto pass_an_hour = [&] {
    queue.clock.advance(kHousekeepingEvery);
    for (int turn = 0; turn < 3; ++turn) {
      delivery.wake();
      delivery.step();
    }
  };
  delivery.begin();
  EXPECT_FALSE(failure) << "nothing is seen yet";
  pass_an_hour();
  EXPECT_EQ(failure, Failure::save_store_corrupt);
  EXPECT_EQ(delivery.look({}).counts.held, 70) << "longer than an envelope may be, and all there";
  pass_an_hour();
  EXPECT_TRUE(std::filesystem::exists(queue.folder / "indexes-checked")) << "not again before the next week";
  delivery.end();
}

TEST(ADamagedQueue, with_its_first_page_gone_gives_every_row_back) {
  Queue queue;
  const auto stored = fill_and_close(queue, 40);
  std::string bytes = contents(queue.file());
  std::fill_n(bytes.begin(), 4096, '\xA5');
  put(queue.file(), bytes);
  expect_rescued(queue, stored, 40);
}

TEST(ADamagedQueue, with_a_broken_header_gives_every_row_back) {
  Queue queue;
  const auto stored = fill_and_close(queue, 40);
  std::string bytes = contents(queue.file());
  bytes[0] = 'X';
  put(queue.file(), bytes);
  expect_rescued(queue, stored, 40);
}

TEST(ADamagedQueue, with_any_page_trashed_loses_at_most_what_was_on_it) {
  Queue model;
  const auto stored = fill_and_close(model, 40);
  const std::string sound = contents(model.file());
  // Without the root of the payloads there is no way to any of them.
  const std::size_t root = root_of(model.file(), "payload");
  for (std::size_t page = 2; page <= sound.size() / 4096; page += page < 10 ? 1 : 5) {
    SCOPED_TRACE(page);
    Queue queue;
    queue.close();
    std::string bytes = sound;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>((page - 1) * 4096), 4096, '\x5A');
    put(queue.file(), bytes);
    auto opened = queue.try_open();
    ASSERT_TRUE(opened) << opened.error().detail;
    queue.outbox = std::move(opened->outbox);
    ASSERT_TRUE(queue.outbox->self_check());
    const int found = queue.outbox->counts().queued + queue.outbox->counts().held;
    EXPECT_GE(found, page == root ? 0 : 38);
    queue.add();
  }
}

TEST(ADamagedQueue, that_is_empty_missing_or_something_else_is_set_aside) {
  for (const std::string& bytes :
       {std::string(), std::string("not a database"), std::string(100'000, 'x'), std::string(4096, '\0')}) {
    Queue queue;
    fill_and_close(queue);
    put(queue.file(), bytes);
    expect_rescued(queue, {}, 0);
  }
  Queue queue;
  fill_and_close(queue);
  std::filesystem::remove(queue.file());
  expect_rescued(queue, {}, 0);
}

TEST(ADamagedQueue, of_some_other_program_is_set_aside) {
  Queue queue;
  queue.close();
  std::filesystem::remove(queue.file());
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "CREATE TABLE x(y)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  expect_rescued(queue, {}, 0);
}

TEST(ADamagedQueue, is_kept_whole_for_the_operator) {
  Queue queue;
  fill_and_close(queue);
  const std::string damaged = "X" + contents(queue.file()).substr(1);
  put(queue.file(), damaged);
  queue.reopen();
  int kept = 0;
  for (const auto& entry : std::filesystem::directory_iterator(queue.folder.path()))
    if (entry.path().filename().string().starts_with("outbox-damaged-")) {
      EXPECT_EQ(contents(entry.path() / "outbox.db"), damaged);
      ++kept;
    }
  EXPECT_EQ(kept, 1);
}

TEST(ADamagedQueue, is_rescued_again_when_the_rescue_was_interrupted) {
  Queue queue;
  const auto stored = fill_and_close(queue);
  std::filesystem::rename(queue.folder / "outbox", queue.folder / "outbox-damaged-20261123T014100Z-1");
  queue.reopen();  // the power failed between the rename and the rescue
  EXPECT_EQ(queue.outbox->counts().queued, 5);
}

TEST(AQueueWhoseLogIsRemoved, notices_at_the_next_application_and_loses_nothing) {
  Queue queue;
  const auto first = queue.add();
  std::filesystem::remove(queue.file().string() + "-wal");
  const auto second = envelope_for(queue.ids.next());
  const auto stored = queue.outbox->enqueue(second, false);
  ASSERT_FALSE(stored) << "what is in a file without a name is gone with the process";
  EXPECT_EQ(stored.error().failure, base::Failure::save_io_error);
  EXPECT_FALSE(queue.outbox->self_check()) << "and every hour";
  queue.reopen();
  EXPECT_TRUE(*queue.outbox->find(first.id)) << "closing saved what only the log held";
  EXPECT_TRUE(*queue.outbox->find(second.id));
  queue.add();
}

TEST(AQueueWhoseFileIsRemoved, takes_nothing_more_until_it_is_opened_anew_with_an_alarm) {
  Queue queue;
  queue.add();
  std::filesystem::remove(queue.file());
  EXPECT_FALSE(queue.outbox->enqueue(envelope_for(queue.ids.next()), false));
  auto opened = queue.try_open();
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->damaged_queues, 1);
}

TEST(ADamagedQueue, whose_index_lost_an_entry_is_set_aside_at_the_next_start) {
  Queue queue;
  const auto stored = fill_and_close(queue);
  const std::size_t root = root_of(queue.file(), "sqlite_autoindex_app_1");  // of the ids
  ASSERT_GT(root, 1U);
  auto bytes = contents(queue.file());
  auto& cells = bytes[(root - 1) * 4096 + 4];  // a leaf's number of cells, low byte
  ASSERT_EQ(cells, 5);
  cells = 4;
  put(queue.file(), bytes);
  expect_rescued(queue, stored, 5);
}

TEST(ADamagedQueue, too_long_to_be_read_at_start_is_set_aside_when_its_damage_is_met) {
  Queue queue;
  const auto stored = fill_and_close(queue, 12);
  std::string bytes = contents(queue.file());
  const auto page = bytes.find(stored[5].id.text() + R"(","kid")") / kPageSize;
  bytes.replace(page * kPageSize, kPageSize, std::string(kPageSize, 'Z'));
  put(queue.file(), bytes);
  queue.limits.pages_to_read = queue.limits.rows_to_digest = 0;
  OutboxKeeper keeper(queue.folder.path(), queue.limits, queue.clock, queue.random);
  ASSERT_TRUE(keeper.open_now());
  EXPECT_FALSE(keeper.intake().failure);
  auto lease = keeper.outbox()->claim(kNext);
  int sent = 0;
  while (lease && *lease) {
    ++sent;
    lease = keeper.outbox()->conclude(**lease, acknowledged(), kNext);
  }
  ASSERT_FALSE(lease);
  EXPECT_EQ(lease.error().failure, Failure::save_store_corrupt);
  keeper.broke(lease.error());
  ASSERT_TRUE(keeper.open_now());
  EXPECT_EQ(keeper.intake().failure, Failure::save_store_corrupt);
  int found = 0;
  for (const Stored& one : stored) found += keeper.outbox()->find(one.id)->has_value() ? 1 : 0;
  EXPECT_GE(found, 10);  // two payloads were on that page
  EXPECT_GE(keeper.outbox()->counts().waiting(), 12 - sent - 2);
  EXPECT_TRUE(keeper.outbox()->self_check());
}

TEST(AQueueOfALaterVersion, is_refused_and_not_touched) {
  Queue queue;
  fill_and_close(queue);
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(queue.file().c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "PRAGMA user_version=4", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  const std::string before = contents(queue.file());
  const auto opened = queue.try_open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().failure, Failure::save_store_newer);
  EXPECT_EQ(contents(queue.file()), before);
}

TEST(AQueueThatCannotBeOpened, says_so_and_stays_as_it_is) {
  test_support::TemporaryFolder folder;
  put(folder / "file", "");
  test_support::FakeClock clock;
  base::SeededRandom random(1);
  const auto opened = open_outbox(folder / "file" / "data", {}, clock, random);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().failure, Failure::save_store_unopenable);
  const auto file = open_outbox(folder / "file", {}, clock, random);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().failure, Failure::save_store_unopenable);
}

TEST(AQueueInUse, is_locked_for_everybody_else) {
  Queue queue;
  const auto second = open_outbox(queue.folder.path(), queue.limits, queue.clock, queue.random);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().failure, Failure::save_store_locked);
  queue.add();  // and works on undisturbed
}

}  // namespace
