// The courier against a real server over real sockets, with a real queue on a real disk.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <optional>

#include "base/files.h"
#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

TEST(ACourier, says_saved_then_received) {
  Hall hall;
  hall.open();
  const auto id = hall.submit();
  const auto saved = hall.next_of<Saved>(id);
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->receipt_code.size(), 9U);
  const auto received = hall.next_of<Received>(id);
  ASSERT_TRUE(received);
  EXPECT_EQ(received->number, "2026-000001");
  EXPECT_EQ(hall.server.accepted().size(), 1U);
  EXPECT_NE(hall.server.opened().front().find("000000194103081240"), std::string::npos);  // the office reads it
}

TEST(ACourier, tells_at_once_whether_a_form_may_start_and_whether_the_platform_is_there) {
  Hall hall;
  hall.open();
  const auto intake = hall.next<IntakeChanged>();
  ASSERT_TRUE(intake);
  EXPECT_TRUE(intake->open);
  EXPECT_FALSE(intake->failure);
  EXPECT_TRUE(hall.becomes(Link::up));
}

TEST(ACourier, answers_the_same_id_with_the_same_code) {
  Hall hall;
  hall.open();
  const auto id = hall.submit();
  const auto first = hall.next_of<Saved>(id);
  ASSERT_TRUE(hall.next_of<Received>(id));
  hall.submit(id);
  const auto again = hall.next_of<Saved>(id);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->receipt_code, again->receipt_code);
  EXPECT_TRUE(hall.next_of<Received>(id));
  EXPECT_EQ(hall.server.puts(), 1U);
}

TEST(ACourier, keeps_everything_while_there_is_no_network_and_sends_it_later) {
  Hall hall;
  hall.configuration.platform_url = test_support::refusing_url();
  hall.open();
  std::vector<base::Uuid> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(hall.submit());
    EXPECT_TRUE(hall.next_of<Saved>(ids.back()));
  }
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.waiting() == 5 && c.oldest; }));
  hall.courier.reset();
  hall.configuration.platform_url = hall.server.url() + "/";
  hall.open();
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 5 && !c.oldest; }));
  EXPECT_EQ(hall.server.accepted().size(), 5U);
}

TEST(ACourier, without_a_platform_takes_applications_and_says_there_is_no_network) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  EXPECT_TRUE(hall.becomes(Link::down, Failure::net_unreachable));
  EXPECT_TRUE(hall.next_of<Saved>(hall.submit()));
}

TEST(ACourier, uses_one_kept_connection_for_a_backlog) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  for (int i = 0; i < 30; ++i) hall.submit();
  ASSERT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.queued == 30; }));
  hall.courier.reset();
  hall.configuration.platform_url = hall.server.url();
  hall.open();
  ASSERT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 30; }));
  const auto seen = hall.server.seen();
  EXPECT_TRUE(std::ranges::all_of(seen, [](const auto& request) { return request.connection == 1; }));
}

TEST(ACourier, ends_promptly_while_a_server_hangs) {
  Hall hall;
  hall.configuration.http.total = 60s;
  hall.configuration.http.stalled = 60s;
  hall.server.always({Behaviour::silent, ""});
  hall.open();
  const auto id = hall.submit();
  ASSERT_TRUE(hall.server.wait_until([&] { return hall.server.puts() == 1; }));
  const auto before = hall.clock.now();
  hall.courier.reset();
  EXPECT_LT(hall.clock.now() - before, 500ms);
  for (int restarts = 0; restarts < 4; ++restarts) {  // an orderly end is no death: the record is not suspected
    const std::size_t tried = hall.server.puts();
    hall.open();
    ASSERT_TRUE(hall.server.wait_until([&] { return hall.server.puts() > tried; }));
    hall.courier.reset();
  }
  hall.server.always({Behaviour::honest, ""});
  hall.open();
  EXPECT_TRUE(hall.next_of<Received>(id));
}

TEST(ACourier, stores_what_was_submitted_just_before_the_end) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  const auto id = hall.submit();
  hall.courier.reset();
  EXPECT_TRUE(hall.next_of<Saved>(id));
}

TEST(ACourier, without_the_offices_key_accepts_nothing_and_still_sends_what_waits) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  const auto waiting = hall.submit();
  ASSERT_TRUE(hall.next_of<Saved>(waiting));
  hall.courier.reset();
  hall.configuration.platform_url = hall.server.url();
  hall.configuration.office_key = "not a key";
  hall.open();
  EXPECT_TRUE(hall.next<IntakeChanged>([](const IntakeChanged& i) { return !i.open && i.failure == Failure::save_no_seal_key; }));
  EXPECT_TRUE(hall.next_of<Received>(waiting));
  const auto refused = hall.submit();
  const auto failed = hall.next_of<SaveFailed>(refused);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->failure, Failure::save_no_seal_key);
}

TEST(ACourier, that_cannot_open_its_queue_says_so_and_goes_on) {
  Hall hall;
  ASSERT_TRUE(base::write_file(hall.folder / "data", "a file stands in the way"));
  hall.open();
  EXPECT_TRUE(
      hall.next<IntakeChanged>([](const IntakeChanged& i) { return !i.open && i.failure == Failure::save_store_unopenable; }));
  EXPECT_TRUE(hall.next_of<SaveFailed>(hall.submit()));
  std::filesystem::remove(hall.folder / "data");  // repaired: the next submission finds it
  EXPECT_TRUE(hall.next_of<Received>(hall.submit()));
}

TEST(ACourier, started_twice_is_told_that_the_queue_is_in_use) {
  Hall hall, second;
  hall.open();
  ASSERT_TRUE(hall.next<IntakeChanged>());
  second.configuration.data_folder = hall.configuration.data_folder;
  second.open();
  EXPECT_TRUE(
      second.next<IntakeChanged>([](const IntakeChanged& i) { return !i.open && i.failure == Failure::save_store_locked; }));
}

TEST(ACourier, closes_the_intake_before_the_quota_is_full) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.configuration.store.quota_bytes = 400 << 10;
  hall.open();
  ASSERT_TRUE(hall.next<IntakeChanged>([](const IntakeChanged& i) { return i.open; }));
  for (int i = 0; i < 90; ++i) hall.submit(hall.ids.next(), R"({"story":")" + std::string(2000, 'x') + R"("})");
  EXPECT_TRUE(hall.next<IntakeChanged>([](const IntakeChanged& i) { return !i.open && i.failure == Failure::save_disk_full; }));
}

TEST(ACourier, refuses_honestly_while_the_disk_fails_and_recovers_with_it) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  const auto before = hall.submit();
  ASSERT_TRUE(hall.next_of<Saved>(before));
  signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  getrlimit(RLIMIT_FSIZE, &unlimited);
  const rlimit tight{200 << 10, unlimited.rlim_max};  // files cannot grow beyond: EFBIG, an I/O error to SQLite
  setrlimit(RLIMIT_FSIZE, &tight);
  std::optional<Failure> failure;
  for (int i = 0; i < 40 && !failure; ++i) {
    const auto id = hall.submit();
    while (auto event = hall.events.take_for(20s)) {
      if (const auto* failed = std::get_if<SaveFailed>(&*event); failed != nullptr && failed->id == id) failure = failed->failure;
      const auto* saved = std::get_if<Saved>(&*event);
      if (failure || (saved != nullptr && saved->id == id)) break;
    }
  }
  setrlimit(RLIMIT_FSIZE, &unlimited);
  EXPECT_EQ(failure, Failure::save_io_error);
  EXPECT_TRUE(hall.next_of<Saved>(hall.submit()));
}

TEST(ACourier, leaves_nothing_personal_in_any_file) {
  Hall hall;
  hall.server.next({Behaviour::broken, ""});
  hall.server.next({Behaviour::seal_broken, ""});
  hall.open();
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(hall.next_of<Saved>(hall.submit()));
  const auto scan = [&] {
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(hall.folder.path())) {
      if (!entry.is_regular_file()) continue;
      ++files;
      const auto bytes = base::read_file(entry.path(), 64U << 20U);
      ASSERT_TRUE(bytes);
      for (const std::string sentinel : {"000000194103081240", "王秀兰", "虚构农商银行", "applicant", "id_number"})
        EXPECT_EQ(bytes->find(sentinel), std::string::npos) << entry.path();
    }
    EXPECT_GE(files, 3);
  };
  scan();
  hall.courier.reset();
  scan();
}

}  // namespace
