// The courier against a real server that can do everything wrong, over real sockets, with a real queue on a real disk.
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <optional>

#include "base/files.h"
#include "base/mailbox.h"
#include "base/uuid.h"
#include "offline_cache/courier/queue_courier.h"
#include "tests/support/fault_server.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace std::chrono_literals;
using namespace offline_cache;
using base::Failure;
using test_support::Behaviour;
using test_support::FaultServer;

constexpr std::string_view kApplication =
    R"({"answers":{"bank":"虚构农商银行"},"applicant":{"id_number":"000000194103081240","name":"王秀兰"},"language":"zh"})";

// A hall: one courier, one queue, and everything the courier ever said.
struct Hall {
  FaultServer server;
  test_support::TemporaryFolder folder;
  base::SystemClock clock;
  base::SystemRandom random;
  base::UuidSource ids{clock, random};
  base::Mailbox<CourierEvent> events;
  CourierConfiguration configuration;
  std::unique_ptr<Courier> courier;

  Hall() {
    configuration.data_folder = folder / "data";
    configuration.platform_url = server.url();
    configuration.office_key = server.office_key();
    configuration.terminal = "HP-03";
    configuration.store.ballast_bytes = 64 << 10;
    configuration.http = {.connect = 1000ms, .total = 2500ms, .stalled = 1s, .slowest = 64};
  }

  void open() {
    courier =
        make_queue_courier(configuration, clock, random, [this](CourierEvent event) { (void)events.post(std::move(event)); });
  }
  base::Uuid submit() { return submit(ids.next()); }
  base::Uuid submit(const base::Uuid& id, std::string_view application = kApplication) {
    courier->submit({id, base::Secret(application)});
    return id;
  }

  // The next event of this kind that fits; everything before it is skipped.
  template <class Event>
  std::optional<Event> next(std::function<bool(const Event&)> fits = [](const Event&) { return true; }) {
    const auto end = clock.now() + 20s;
    while (clock.now() < end) {
      const auto event = events.take_for(end - clock.now());
      if (!event) break;
      if (const auto* wanted = std::get_if<Event>(&*event); wanted != nullptr && fits(*wanted)) return *wanted;
    }
    return std::nullopt;
  }
  template <class Event>
  std::optional<Event> next_of(const base::Uuid& id) {
    return next<Event>([&](const Event& event) { return event.id == id; });
  }
  bool becomes(Link link, std::optional<Failure> failure = {}) {
    return next<LinkChanged>([&](const LinkChanged& l) { return l.link == link && l.failure == failure; }).has_value();
  }
};

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
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.waiting() == 5; }));
  hall.courier.reset();
  hall.configuration.platform_url = hall.server.url() + "/";
  hall.open();
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 5; }));
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

struct Case {
  Behaviour behaviour;
  Failure failure;
};
void PrintTo(const Case& c, std::ostream* out) { *out << static_cast<int>(c.behaviour); }

class AnAnswerThatProvesNothing : public testing::TestWithParam<Case> {};

// One effect at the office, however often and however badly it answers.
TEST_P(AnAnswerThatProvesNothing, is_never_taken_for_an_acknowledgement) {
  Hall hall;
  hall.server.always({GetParam().behaviour, ""});
  hall.open();
  const auto id = hall.submit();
  ASSERT_TRUE(hall.next_of<Saved>(id));
  EXPECT_TRUE(hall.becomes(Link::down, GetParam().failure));
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.queued == 1 && c.acknowledged == 0; }));
  hall.server.always({Behaviour::honest, ""});
  hall.courier->send_now();
  EXPECT_TRUE(hall.next_of<Received>(id));
  EXPECT_EQ(hall.server.accepted().size(), 1U);
  EXPECT_EQ(hall.server.opened().size(), 1U);
  EXPECT_EQ(hall.server.conflicts(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    EveryFault, AnAnswerThatProvesNothing,
    testing::Values(
        Case{Behaviour::silent, Failure::net_unreachable}, Case{Behaviour::slow, Failure::net_unreachable},
        Case{Behaviour::reset, Failure::net_unreachable}, Case{Behaviour::reset_before, Failure::net_unreachable},
        Case{Behaviour::truncated_length, Failure::net_unreachable},
        Case{Behaviour::truncated_close, Failure::net_not_the_platform}, Case{Behaviour::page, Failure::net_not_the_platform},
        Case{Behaviour::page_as_json, Failure::net_not_the_platform}, Case{Behaviour::redirect, Failure::net_not_the_platform},
        Case{Behaviour::other_id, Failure::net_wrong_echo}, Case{Behaviour::other_digest, Failure::net_wrong_echo},
        Case{Behaviour::no_number, Failure::net_not_the_platform},
        Case{Behaviour::proxy_bad_request, Failure::net_not_the_platform},
        Case{Behaviour::unauthorised, Failure::net_not_authorised}, Case{Behaviour::gone, Failure::net_service_retired},
        Case{Behaviour::broken, Failure::net_platform_busy}, Case{Behaviour::busy, Failure::net_platform_busy},
        Case{Behaviour::consume_and_close, Failure::net_unreachable}, Case{Behaviour::huge, Failure::net_not_the_platform},
        Case{Behaviour::many_headers, Failure::net_unreachable}, Case{Behaviour::deep, Failure::net_not_the_platform},
        Case{Behaviour::duplicate_keys, Failure::net_not_the_platform}, Case{Behaviour::garbage, Failure::net_not_the_platform}));

class ARecordThePlatformRefuses : public testing::TestWithParam<Behaviour> {};

TEST_P(ARecordThePlatformRefuses, is_held_and_the_next_one_goes) {
  Hall hall;
  hall.server.next({GetParam(), ""});
  hall.open();
  const auto bad = hall.submit();
  EXPECT_TRUE(hall.next_of<Refused>(bad));
  const auto good = hall.submit();
  EXPECT_TRUE(hall.next_of<Received>(good));
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.held == 1 && c.acknowledged == 1; }));
  hall.courier->send_now();
  hall.courier.reset();
  EXPECT_EQ(hall.server.puts(), 2U);  // never again without a human
}

INSTANTIATE_TEST_SUITE_P(EveryRefusal, ARecordThePlatformRefuses,
                         testing::Values(Behaviour::malformed, Behaviour::different_body, Behaviour::too_large,
                                         Behaviour::seal_broken));

TEST(ACourier, holds_a_record_that_fails_while_others_arrive) {
  Hall hall;
  hall.open();
  const auto bad = hall.ids.next();
  hall.server.for_id(bad.text(), {Behaviour::broken, ""});
  hall.submit(bad);
  ASSERT_TRUE(hall.next_of<Saved>(bad));
  for (int i = 0; i < 4; ++i) {
    const std::size_t tried = hall.server.puts();
    EXPECT_TRUE(hall.next_of<Received>(hall.submit())) << i;  // at once, in spite of the bad one
    ASSERT_TRUE(hall.server.wait_until([&] { return hall.server.puts() > tried; }));
    hall.courier->send_now();
    ASSERT_TRUE(hall.next<LinkChanged>([](const LinkChanged& l) { return l.link == Link::down; })) << i;
  }
  EXPECT_TRUE(hall.next_of<Refused>(bad));
}

TEST(ACourier, keeps_silent_for_everybody_when_the_platform_asks_for_time) {
  for (const std::string asked : {"120", "Fri, 31 Dec 2099 23:59:59 GMT"}) {
    Hall hall;
    hall.server.next({Behaviour::too_many, asked});
    hall.open();
    hall.submit();
    ASSERT_TRUE(hall.becomes(Link::down, Failure::net_platform_busy));
    const auto second = hall.submit();
    ASSERT_TRUE(hall.next_of<Saved>(second));
    EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.queued == 2; }));
    EXPECT_EQ(hall.server.puts(), 1U);
    hall.courier->send_now();  // a human decides otherwise
    EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 2; }));
  }
}

TEST(ACourier, ignores_a_wait_that_makes_no_sense) {
  for (const std::string asked : {"garbage", "-5"}) {
    Hall hall;
    hall.server.next({Behaviour::too_many, asked});
    hall.open();
    hall.submit();
    EXPECT_TRUE(hall.becomes(Link::down, Failure::net_platform_busy));
    EXPECT_TRUE(hall.next_of<Received>(hall.submit()));  // nobody was told to be silent
  }
}

TEST(ACourier, has_one_effect_when_every_acknowledgement_is_lost) {
  Hall hall;
  for (int i = 0; i < 4; ++i) hall.server.next({i % 2 == 0 ? Behaviour::consume_and_close : Behaviour::reset, ""});
  hall.open();
  const auto id = hall.submit();
  ASSERT_TRUE(hall.next_of<Saved>(id));
  for (std::size_t i = 1; i <= 4; ++i) {
    ASSERT_TRUE(hall.server.wait_until([&] { return hall.server.puts() >= i; }));
    hall.submit(id);  // the resident presses again meanwhile
    hall.courier->send_now();
  }
  EXPECT_TRUE(hall.next_of<Received>(id));
  EXPECT_EQ(hall.server.opened().size(), 1U);
  EXPECT_EQ(hall.server.conflicts(), 0);
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
