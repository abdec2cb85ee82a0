#include "gateway/application_store.h"

#include <gtest/gtest.h>

#include "tests/gateway/office.h"

namespace {

using base::Failure;
using gateway::ApplicationStore;
using gateway::NewApplication;
using gateway::SqliteDatabase;
using namespace gateway_test;
using namespace std::chrono_literals;

class AnApplicationStore : public testing::Test {
 protected:
  static NewApplication application(const std::string& id) {
    return {id, "HP-03", {"senior-allowance", 1}, gateway::sha256("plain"), gateway::sha256("envelope"), "envelope"};
  }
  std::string add(ApplicationStore& store, unsigned n) {
    const auto added = store.add(application(application_id(n)), clock.wall());
    return added ? added->number : added.error().detail;
  }
  ApplicationStore open() { return *ApplicationStore::open(file); }

  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "store.sqlite";
  test_support::FakeClock clock;
};

TEST_F(AnApplicationStore, finds_what_was_added_also_after_a_restart) {
  {
    auto store = open();
    EXPECT_EQ(add(store, 1), "2026-000001");
  }
  auto store = open();
  const auto found = store.find(application_id(1));
  ASSERT_TRUE(found && *found);
  const auto& record = **found;
  EXPECT_EQ(record.number, "2026-000001");
  EXPECT_EQ(record.terminal, "HP-03");
  EXPECT_EQ(record.service.id, "senior-allowance");
  EXPECT_EQ(record.received, "2026-11-23T01:41:00Z");
  EXPECT_EQ(record.plaintext_digest, gateway::sha256("plain"));
  EXPECT_EQ(record.envelope_digest, gateway::sha256("envelope"));
  EXPECT_FALSE(*store.find(application_id(2)));
}

TEST_F(AnApplicationStore, counts_numbers_up_across_restarts_and_starts_again_each_year) {
  {
    auto store = open();
    EXPECT_EQ(add(store, 1), "2026-000001");
    EXPECT_EQ(add(store, 2), "2026-000002");
  }
  auto store = open();
  EXPECT_EQ(add(store, 3), "2026-000003");
  clock.advance(24h * 365);
  EXPECT_EQ(add(store, 4), "2027-000001");
}

TEST_F(AnApplicationStore, never_gives_a_number_twice_when_the_clock_steps_back) {
  auto store = open();
  clock.advance(24h * 365);
  EXPECT_EQ(add(store, 1), "2027-000001");
  clock.set_wall(base::WallTime{});
  EXPECT_EQ(add(store, 2), "2027-000002");
  clock.advance(24h * 365 * 57);
  EXPECT_EQ(add(store, 3), "2027-000003");
}

TEST_F(AnApplicationStore, refuses_an_id_twice_and_spends_no_number_on_it) {
  auto store = open();
  EXPECT_EQ(add(store, 1), "2026-000001");
  EXPECT_FALSE(store.add(application(application_id(1)), clock.wall()));
  EXPECT_EQ(add(store, 2), "2026-000002");
}

TEST_F(AnApplicationStore, belongs_to_one_process_at_a_time) {
  {
    auto store = open();
    EXPECT_EQ(ApplicationStore::open(file).error().failure, Failure::save_store_locked);
  }
  EXPECT_TRUE(ApplicationStore::open(file));
}

TEST_F(AnApplicationStore, only_ever_adds) {
  {
    auto store = open();
    add(store, 1);
  }
  auto database = *SqliteDatabase::open(file, SqliteDatabase::Missing::fail);
  EXPECT_EQ(*database.ask("SELECT count(*) FROM event"), "1");
  EXPECT_FALSE(database.execute("UPDATE event SET state = 'x'"));
  EXPECT_FALSE(database.execute("DELETE FROM event"));
  EXPECT_FALSE(database.execute("UPDATE application SET envelope = x''"));
}

TEST_F(AnApplicationStore, says_what_is_wrong_with_a_file) {
  EXPECT_EQ(ApplicationStore::open(file, SqliteDatabase::Missing::fail).error().failure, Failure::save_store_unopenable);
  folder.write("store.sqlite", std::string(8192, 'x'));
  EXPECT_EQ(ApplicationStore::open(file).error().failure, Failure::save_store_corrupt);
  std::filesystem::remove(file);
  { ASSERT_TRUE(SqliteDatabase::open(file, SqliteDatabase::Missing::create)->execute("CREATE TABLE other(x)")); }
  EXPECT_EQ(ApplicationStore::open(file).error().failure, Failure::save_store_corrupt);
}

TEST_F(AnApplicationStore, of_a_newer_program_is_left_alone) {
  { open(); }
  { ASSERT_TRUE(SqliteDatabase::open(file, SqliteDatabase::Missing::fail)->execute("PRAGMA user_version = 4")); }
  EXPECT_EQ(ApplicationStore::open(file).error().failure, Failure::save_store_newer);
}

TEST_F(AnApplicationStore, numbers_the_states_of_the_catalogue_upwards) {
  const auto first = gateway::sha256("1");
  const auto second = gateway::sha256("2");
  {
    auto store = open();
    EXPECT_EQ(*store.catalogue_version(first, clock.wall()), 1);
    EXPECT_EQ(*store.catalogue_version(first, clock.wall()), 1);
    EXPECT_EQ(*store.catalogue_version(second, clock.wall()), 2);
  }
  auto store = open();
  EXPECT_EQ(*store.catalogue_version(second, clock.wall()), 2);
  EXPECT_EQ(*store.catalogue_version(first, clock.wall()), 3);
}

TEST_F(AnApplicationStore, shows_everything_in_the_order_of_the_numbers) {
  auto store = open();
  for (unsigned n = 9; n > 0; --n) add(store, n);
  std::vector<std::string> numbers;
  ASSERT_TRUE(store.for_each([&](const auto& record, const std::string& envelope) {
    EXPECT_EQ(envelope, "envelope");
    numbers.push_back(record.number);
    return base::Status();
  }));
  EXPECT_EQ(numbers.size(), 9U);
  EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
}

}  // namespace
