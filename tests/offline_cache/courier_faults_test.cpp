// What the courier makes of every answer a platform, a portal or a broken line can give.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "offline_cache/sealing/device_key.h"
#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

struct Case {
  Behaviour behaviour;
  Failure failure;
};
void PrintTo(const Case& c, std::ostream* out) { *out << name_of(c.behaviour); }

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
        Case{Behaviour::slow_head, Failure::net_unreachable}, Case{Behaviour::truncated_chunked, Failure::net_unreachable},
        Case{Behaviour::network_login, Failure::net_not_the_platform},
        Case{Behaviour::wrong_signature, Failure::net_wrong_signature},
        Case{Behaviour::no_signature, Failure::net_wrong_signature},
        Case{Behaviour::lost_then_duplicate, Failure::net_unreachable}, Case{Behaviour::forbidden, Failure::net_not_authorised},
        Case{Behaviour::not_found, Failure::net_service_retired}, Case{Behaviour::timed_out, Failure::net_platform_busy},
        Case{Behaviour::too_early, Failure::net_platform_busy}, Case{Behaviour::too_many, Failure::net_platform_busy},
        Case{Behaviour::in_progress, Failure::net_platform_busy}, Case{Behaviour::bad_gateway, Failure::net_platform_busy},
        Case{Behaviour::gateway_timeout, Failure::net_platform_busy}, Case{Behaviour::gzip_bomb, Failure::net_not_the_platform},
        Case{Behaviour::not_a_number, Failure::net_not_the_platform},
        Case{Behaviour::too_big_a_number, Failure::net_not_the_platform},
        Case{Behaviour::bad_utf8, Failure::net_not_the_platform}, Case{Behaviour::silent, Failure::net_unreachable},
        Case{Behaviour::slow, Failure::net_unreachable}, Case{Behaviour::reset, Failure::net_unreachable},
        Case{Behaviour::reset_before, Failure::net_unreachable}, Case{Behaviour::truncated_length, Failure::net_unreachable},
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
                                         Behaviour::wrong_media_type, Behaviour::seal_broken));

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

// The five chances begin anew with each start; nobody waits for that.
TEST(ACourier, sends_the_others_although_it_begins_anew_after_each_failure_of_the_oldest) {
  Hall hall;
  hall.configuration.platform_url.clear();
  hall.open();
  const auto bad = hall.submit();
  hall.server.for_id(bad.text(), {Behaviour::broken, ""});
  constexpr int kOthers = 3;
  for (int i = 0; i < kOthers; ++i) hall.submit();
  ASSERT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.queued == 1 + kOthers; }));
  hall.configuration.platform_url = hall.server.url();
  for (int start = 1; start <= kOthers; ++start) {
    hall.courier.reset();
    hall.open();
    ASSERT_TRUE(hall.becomes(Link::down, Failure::net_platform_busy)) << "the oldest is tried first, and fails";
    hall.courier->send_now();
    ASSERT_TRUE(hall.next<QueueCounts>([&](const QueueCounts& c) { return c.acknowledged == start; })) << start;
  }
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.queued == 1 && c.held == 0; }));
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

// libcurl itself sends the second application again: the kept connection died before a byte of the answer came.
TEST(ACourier, has_one_effect_when_libcurl_repeats_a_request_on_its_own) {
  Hall hall;
  hall.server.next({Behaviour::honest, ""});
  hall.server.next({Behaviour::consume_and_close, ""});
  hall.open();
  const auto first = hall.submit();
  ASSERT_TRUE(hall.next_of<Received>(first));
  const auto second = hall.submit();
  ASSERT_TRUE(hall.next_of<Received>(second));  // nobody here had to try again
  EXPECT_EQ(hall.server.puts(), 3U);
  const auto accepted = hall.server.accepted();
  EXPECT_EQ(accepted.at(first.text()), 1);
  EXPECT_EQ(accepted.at(second.text()), 2);
  EXPECT_EQ(hall.server.conflicts(), 0);
}

TEST(ACourier, does_not_swell_whatever_is_poured_into_it) {
  const auto resident = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;  // KiB, the highest ever
  };
  Hall hall;
  hall.open();
  ASSERT_TRUE(hall.next_of<Received>(hall.submit()));
  const auto before = resident();
  for (const auto behaviour : {Behaviour::huge, Behaviour::many_headers, Behaviour::gzip_bomb, Behaviour::deep}) {
    hall.server.next({behaviour, ""});
    const auto id = hall.submit();
    ASSERT_TRUE(hall.next<LinkChanged>([](const LinkChanged& l) { return l.link == Link::down; }));
    hall.courier->send_now();
    ASSERT_TRUE(hall.next_of<Received>(id));
  }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they keep what was freed
  EXPECT_LT(resident() - before, 6 * 1024) << "KiB";
#else
  (void)before;
#endif
}

TEST(ACourier, sends_with_suite_2_as_well) {
  Hall hall({.suite = 2});
  hall.open();
  const auto id = hall.submit();
  ASSERT_TRUE(hall.next_of<Received>(id));
  EXPECT_NE(hall.server.opened().front().find("000000194103081240"), std::string::npos);
}

// Fault 93: whatever becomes of the office's keys, what waits leaves as it was sealed, and what is new is still taken.
TEST(ACourier, goes_on_sealing_with_the_newest_key_when_all_have_run_out) {
  Hall hall;
  hall.open();
  ASSERT_TRUE(hall.next<IntakeChanged>([](const IntakeChanged& i) { return i.open; }));
  const auto year = [](int y) { return base::WallTime(std::chrono::sys_days(std::chrono::year(y) / 1 / 1)); };
  hall.courier->use_seal_keys({{1, hall.server.office_key(), year(2001), year(2002)}});
  EXPECT_TRUE(hall.next_of<Received>(hall.submit()));
  hall.courier->use_seal_keys({{1, "no key at all", {}, {}}, {2, "of another suite", {}, {}}});  // the old ones stay
  EXPECT_TRUE(hall.next_of<Received>(hall.submit()));
}

TEST(ACourier, whose_office_key_is_unknown_to_the_platform_holds_the_record_and_loses_nothing) {
  Hall hall;
  const test_support::FaultServer another_office;
  hall.configuration.office_key = another_office.office_key();
  hall.open();
  EXPECT_TRUE(hall.next_of<Refused>(hall.submit()));
  hall.courier->use_seal_keys({{1, hall.server.office_key(), {}, {}}});
  EXPECT_TRUE(hall.next_of<Received>(hall.submit()));
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.held == 1 && c.acknowledged == 1; }));
}

TEST(ACourier, signs_what_it_sends_with_its_own_key) {
  const test_support::TemporaryFolder list;
  for (const int suite : {1, 2}) {
    Hall hall({.suite = suite, .devices = list.path()});
    hall.open();
    ASSERT_TRUE(hall.next_of<Saved>(hall.submit()));
    ASSERT_TRUE(hall.becomes(Link::down, Failure::net_not_authorised));  // the office does not know this machine yet
    const auto key = DeviceKey::load_or_create(DeviceKey::usual_place(hall.configuration.data_folder, suite), suite);
    ASSERT_TRUE(key);
    ASSERT_TRUE(base::write_file(list / "HP-03.pub", key->public_line() + "\n"));
    hall.courier->send_now();
    EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 1 && c.queued == 0; }));
  }
}

TEST(ACourier, without_a_usable_key_of_its_own_takes_nothing_until_it_has_one) {
  Hall hall;
  hall.configuration.device_key = hall.folder / "keys" / "device.key";
  std::filesystem::create_directories(hall.folder / "keys");
  ASSERT_TRUE(base::write_file(hall.configuration.device_key, "ed25519 00"));
  hall.open();
  EXPECT_TRUE(
      hall.next<IntakeChanged>([](const IntakeChanged& i) { return !i.open && i.failure == Failure::save_no_device_key; }));
  EXPECT_TRUE(hall.next_of<SaveFailed>(hall.submit()));
  std::filesystem::remove(hall.configuration.device_key);  // mended: the next submission makes one
  EXPECT_TRUE(hall.next_of<Received>(hall.submit()));
}

// Wall clocks jump: ids, order, back-off and what is kept do not follow.
class JumpingClock final : public base::Clock {
 public:
  base::Instant now() const override { return system_.now(); }
  base::WallTime wall() const override { return system_.wall() + jump.load(); }
  std::atomic<std::chrono::hours> jump{};

 private:
  base::SystemClock system_;
};

TEST(ACourier, is_not_moved_by_a_wall_clock_that_jumps) {
  Hall hall;
  JumpingClock clock;
  base::UuidSource ids(clock, hall.random);
  hall.server.always({Behaviour::busy, ""});
  hall.courier = make_queue_courier(hall.configuration, clock, hall.random,
                                    [&](CourierEvent event) { (void)hall.events.post(std::move(event)); });
  std::vector<base::Uuid> made;
  for (const int years : {0, 10, -56, 0, 30}) {
    clock.jump = std::chrono::hours(24 * 365 * years);
    made.push_back(ids.next());
    hall.submit(made.back());
    ASSERT_TRUE(hall.next_of<Saved>(made.back())) << years;
  }
  EXPECT_TRUE(std::ranges::is_sorted(made, {}, [](const base::Uuid& id) { return id.text(); }));
  EXPECT_EQ(std::set<std::string>({made[0].text(), made[1].text(), made[2].text(), made[3].text(), made[4].text()}).size(), 5U);
  clock.jump = std::chrono::hours(-24 * 365 * 50);
  hall.server.always({Behaviour::honest, ""});
  hall.courier->send_now();
  EXPECT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 5 && c.purged == 0; }));
  hall.courier.reset();
}

}  // namespace
