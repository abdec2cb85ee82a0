// Asking what has become of applications: the courier's queue, and what it believes of the platform.
#include "offline_cache/courier/status_answer.h"

#include <gtest/gtest.h>

#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;
using Where = ApplicationStatus::Where;

RawAnswer status_told(std::string body, int http = 200, std::string type = "application/json") {
  RawAnswer answer;
  answer.http = http;
  answer.content_type = std::move(type);
  answer.body = std::move(body);
  return answer;
}

constexpr const char* kTold =
    R"({"applications":[{"application":"019365a0-0000-7000-8000-000000000001","number":"2026-000017","received":"2026-11-23T01:41:02Z",)"
    R"("service":"senior-allowance","since":"2026-11-25T02:00:00Z","state":"in_progress"}]})";

TEST(AStatusAnswer, is_read_exactly_or_not_at_all) {
  const auto read = read_status_answer(status_told(kTold));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().state, OfficeState::in_progress);
  EXPECT_EQ(read->front().since, base::WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + 2h});
  const std::string told = kTold;
  for (const auto& [from, to] : {std::pair{"in_progress", "lost"},
                                 {"2026-11-25T02:00:00Z", "yesterday"},
                                 {"2026-000017", "<b>"},
                                 {"019365a0", "x"},
                                 {"]}", ""},
                                 {"\"state\"", "\"number\""}}) {
    std::string changed = told;
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    EXPECT_EQ(read_status_answer(status_told(changed)).error().failure, Failure::net_not_the_platform) << changed;
  }
  EXPECT_EQ(read_status_answer(status_told(kTold, 200, "text/html")).error().failure, Failure::net_not_the_platform);
}

TEST(AStatusAnswer, of_nothing_is_the_platforms_own_not_found_and_no_others) {
  constexpr const char* kNone = R"({"code":"not-found","type":"urn:linli:problem:not-found"})";
  const auto none = read_status_answer(status_told(kNone, 404, "application/problem+json"));
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
  EXPECT_EQ(read_status_answer(status_told("<h1>404</h1>", 404, "text/html")).error().failure, Failure::net_service_retired);
  EXPECT_EQ(read_status_answer(status_told("{}", 429)).error().failure, Failure::net_platform_busy);
}

struct AskingHall : Hall {
  StatusQuestion question(std::string code = {}) {
    StatusQuestion made;
    made.id = ids.next();
    made.receipt_code = std::move(code);
    if (made.receipt_code.empty()) made.id_number = base::Secret("000000194103081240");
    return made;
  }
  std::optional<StatusAnswer> ask(StatusQuestion asked) {
    const auto id = asked.id;
    courier->ask_status(std::move(asked));
    return next_of<StatusAnswer>(id);
  }
};

TEST(ACourier, tells_what_waits_here_by_card_and_by_paper_and_that_the_office_cannot_be_asked) {
  AskingHall hall;
  hall.configuration.platform_url = test_support::refusing_url();
  hall.open();
  const auto id = hall.ids.next();
  hall.courier->submit({id, base::Secret(kApplication), base::Secret("allowance\n000000194103081240")});
  const auto saved = hall.next_of<Saved>(id);
  ASSERT_TRUE(saved);

  auto by_card = hall.question();
  by_card.chains.push_back({"allowance", base::Secret("allowance\n000000194103081240")});
  by_card.chains.push_back({"meals", base::Secret("meals\n000000194103081240")});
  const auto told = hall.ask(std::move(by_card));
  ASSERT_TRUE(told);
  EXPECT_EQ(told->failure, Failure::net_unreachable);
  ASSERT_EQ(told->applications.size(), 1U);
  EXPECT_EQ(told->applications.front().service, "allowance");
  EXPECT_EQ(told->applications.front().where, Where::waits_here);
  EXPECT_EQ(told->applications.front().receipt_code, saved->receipt_code);

  auto of_another = hall.question();
  of_another.chains.push_back({"allowance", base::Secret("allowance\n000000197001010011")});
  EXPECT_TRUE(hall.ask(std::move(of_another))->applications.empty());

  const auto by_paper = hall.ask(hall.question(saved->receipt_code));
  ASSERT_EQ(by_paper->applications.size(), 1U);
  EXPECT_FALSE(by_paper->failure) << "the office need not be asked for what waits here";
  const auto unknown = hall.ask(hall.question("000-000-0"));
  EXPECT_TRUE(unknown->unknown_paper);
  EXPECT_TRUE(unknown->applications.empty());
}

// A program that died and was given its key again; and one that was not.
TEST(ACourier, knows_a_card_again_by_the_key_it_was_given_and_by_no_other) {
  AskingHall hall;
  hall.configuration.platform_url = test_support::refusing_url();
  hall.configuration.chain_key = ChainKey{1, 2, 3};
  hall.open();
  const auto id = hall.ids.next();
  hall.courier->submit({id, base::Secret(kApplication), base::Secret("allowance\n000000194103081240")});
  ASSERT_TRUE(hall.next_of<Saved>(id));
  const auto found_under = [&](std::optional<ChainKey> key) {
    hall.courier.reset();
    hall.configuration.chain_key = key;
    hall.open();
    auto by_card = hall.question();
    by_card.chains.push_back({"allowance", base::Secret("allowance\n000000194103081240")});
    return hall.ask(std::move(by_card))->applications.size();
  };
  EXPECT_EQ(found_under(ChainKey{1, 2, 3}), 1U);
  EXPECT_EQ(found_under(ChainKey{4, 5, 6}), 0U);
  EXPECT_EQ(found_under(std::nullopt), 0U);
}

// Whatever the other end does, somebody who waits hears of it in time, and applications go on.
TEST(ACourier, gives_up_a_question_in_time_and_sends_on) {
  AskingHall hall;
  hall.open();
  ASSERT_TRUE(hall.becomes(Link::up));
  const auto refused = hall.ask(hall.question());  // this platform of the tests takes no questions
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->failure);
  ASSERT_TRUE(hall.next_of<Received>(hall.submit()));
}

}  // namespace
