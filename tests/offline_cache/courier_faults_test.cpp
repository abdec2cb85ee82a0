// What the courier makes of every answer a platform, a portal or a broken line can give.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

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

}  // namespace
