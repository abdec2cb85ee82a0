// What residents are told of their applications, and what nobody is told.
#include <gtest/gtest.h>

#include "base/log.h"
#include "gateway/progress_catch_up.h"
#include "tests/gateway/office.h"
#include "tests/gateway/running_gateway.h"

namespace gateway_test {
namespace {

constexpr const char* kWangsNumber = "000000194102030021";

class AStatusQuestion : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }

  gateway::Response ask(const json& query, const std::string& terminal = "HP-03") {
    auto made = office.maker(++questions_ + 1000);
    made.header["terminal"] = terminal;
    made.application = {{"status_query", query}};
    const std::string text = made.make();
    return office.answer({"POST",
                          "/v1/status-queries",
                          {{"content-type", "application/json"}, {"content-length", std::to_string(text.size())}},
                          text});
  }
  std::string apply(unsigned n, const json& change = json::object()) {
    auto made = office.maker(n);
    made.application.update(change);
    return body(office.answer(office.put(made))).value("number", "none");
  }
  std::string apply_without_card(unsigned n) {
    auto made = office.maker(n);
    made.application.erase("applicant");
    made.application.erase("checks");
    made.application["service"] = {{"id", "repair-report"}, {"version", 1}};
    return body(office.answer(office.put(made))).value("number", "none");
  }

  Office office;

 private:
  unsigned questions_ = 0;
};

TEST_F(AStatusQuestion, by_card_is_answered_with_all_of_this_person_the_newest_first) {
  apply(1);
  office.clock.advance(std::chrono::hours{1});
  const auto second = apply(2);
  apply(3, {{"applicant", {{"birth", "19410203"}, {"id_number", "000000197001010011"}, {"name", "李"}}}});
  office.clock.advance(std::chrono::hours{1});
  ASSERT_TRUE(office.progress.set(second, "approved", office.clock.wall()).value_or(false));
  const auto answered = ask({{"id_number", kWangsNumber}});
  ASSERT_EQ(answered.status, 200) << answered.body;
  const json told = body(answered)["applications"];
  ASSERT_EQ(told.size(), 2U) << told;
  EXPECT_EQ(told[0]["number"], second);
  EXPECT_EQ(told[0]["state"], "approved");
  EXPECT_GT(told[0]["since"], told[0]["received"]);
  EXPECT_EQ(told[1]["state"], "received");
  EXPECT_EQ(told[1]["service"], "senior-allowance");
  EXPECT_EQ(header(answered, "Cache-Control"), "no-store");
  EXPECT_EQ(answered.body.find(kWangsNumber), std::string::npos);
}

TEST_F(AStatusQuestion, about_what_is_unknown_and_about_what_is_somebody_elses_gets_one_answer) {
  apply(1);
  const auto without_trace = [](const gateway::Response& response) {
    json told = body(response);
    told.erase("trace");
    return std::pair{told.dump(), response.headers};
  };
  const auto unknown = ask({{"application", application_id(77)}, {"id_number", kWangsNumber}});
  EXPECT_EQ(unknown.status, 404);
  const auto wrong_card = ask({{"application", application_id(1)}, {"id_number", "000000197001010011"}});
  const auto no_card = ask({{"application", application_id(1)}});
  const auto nobody = ask({{"id_number", "000000197001010011"}});
  for (const auto* other : {&wrong_card, &no_card, &nobody}) {
    EXPECT_EQ(other->status, 404);
    EXPECT_EQ(without_trace(*other), without_trace(unknown));
  }
  EXPECT_EQ(ask({{"application", application_id(1)}, {"id_number", kWangsNumber}}).status, 200);
}

TEST_F(AStatusQuestion, about_what_was_made_without_a_card_needs_its_paper_only) {
  apply_without_card(1);
  const auto answered = ask({{"application", application_id(1)}});
  ASSERT_EQ(answered.status, 200) << answered.body;
  EXPECT_EQ(body(answered)["applications"][0]["service"], "repair-report");
}

TEST_F(AStatusQuestion, is_refused_when_it_is_none) {
  for (const json& query : {json::object(), json("x"), json{{"id_number", ""}}, json{{"application", "1"}},
                            json{{"id_number", kWangsNumber}, {"name", "王"}}, json{{"id_number", std::string(33, '0')}}})
    EXPECT_EQ(code(ask(query)), "application-invalid") << query;
  auto made = office.maker(1);
  const std::string application = made.make();
  EXPECT_EQ(code(office.answer({"POST",
                                "/v1/status-queries",
                                {{"content-type", "application/json"}, {"content-length", std::to_string(application.size())}},
                                application})),
            "application-invalid");
  made.application = {{"status_query", {{"id_number", kWangsNumber}}}};
  EXPECT_EQ(code(office.answer(office.put(made))), "application-invalid") << "and a question is no application";
}

TEST_F(AStatusQuestion, is_asked_so_often_and_no_more) {
  apply(1);
  for (int i = 0; i < gateway::kQueriesOfTerminal; ++i) ASSERT_EQ(ask({{"id_number", kWangsNumber}}).status, 200);
  const auto refused = ask({{"id_number", kWangsNumber}});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(code(refused), "too-many-queries");
  EXPECT_FALSE(header(refused, "Retry-After").empty());
  EXPECT_EQ(ask({{"id_number", kWangsNumber}}, "HP-04").status, 200) << "another terminal";
  office.clock.advance(std::chrono::minutes{1});
  EXPECT_EQ(ask({{"id_number", kWangsNumber}}).status, 200);
  gateway::QueryLimit limit;
  for (int i = 0; i < gateway::kQueriesInAll; ++i) ASSERT_TRUE(limit.take(std::to_string(i), office.clock.now()));
  EXPECT_FALSE(limit.take("one more", office.clock.now()));
}

TEST_F(AStatusQuestion, finds_what_was_received_before_states_were_kept) {
  const auto number = apply(1);
  apply_without_card(2);
  auto fresh = *gateway::ProgressStore::open(office.folder.path() / "fresh.sqlite", gateway::ProgressStore::Writer::server);
  ASSERT_TRUE(gateway::catch_up(fresh, office.store, office.keys, office.applicant_key));
  const auto found = fresh.of_applicant(office.applicant_key.digest(kWangsNumber));
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().number, number);
  EXPECT_EQ(fresh.of_application(application_id(2), office.applicant_key.nobody())->size(), 1U);
  auto sealed_elsewhere =
      *gateway::ProgressStore::open(office.folder.path() / "other.sqlite", gateway::ProgressStore::Writer::server);
  ASSERT_TRUE(gateway::catch_up(sealed_elsewhere, office.store, office_keys(2), office.applicant_key));
  EXPECT_TRUE(sealed_elsewhere.of_application(application_id(2), office.applicant_key.digest("x"))->empty())
      << "what cannot be opened is told to nobody";
}

class StateCommand : public ARunningGateway {
 protected:
  Finished state(const std::string& number, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"state", "--data", data.string(), "--number", number});
    return run_gateway(more);
  }
};

TEST_F(StateCommand, sets_a_state_while_the_server_runs_that_outlives_it) {
  const auto number = body(request(put(1))).value("number", "none");
  const auto set = state(number, {"--set", "needs_action"});
  EXPECT_EQ(set.exit_code, 0) << set.err;
  kill_it();
  start();
  const auto shown = state(number);
  EXPECT_NE(shown.out.find("  received\n"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("  needs_action\n"), std::string::npos) << shown.out;
  auto question = maker(5);
  question.application = {{"status_query", {{"id_number", kWangsNumber}}}};
  const std::string asked = question.make();
  const auto told =
      request({"POST", gateway->url("/v1/status-queries"), {"Content-Type: application/json", "Expect:"}, question.make()});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(body(told)["applications"][0].value("state", "none"), "needs_action");
}

TEST_F(StateCommand, refuses_what_it_does_not_know) {
  EXPECT_EQ(state("2026-999999", {"--set", "closed"}).exit_code, 1);
  EXPECT_NE(state("2026-999999").err.find("no application has the number"), std::string::npos);
  EXPECT_EQ(state("2026-000001", {"--set", "received"}).exit_code, 2) << "that is the platform's own";
  EXPECT_EQ(state("2026-000001", {"--set", "lost"}).exit_code, 2);
}

}  // namespace
}  // namespace gateway_test
