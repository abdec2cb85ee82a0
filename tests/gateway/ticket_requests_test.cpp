#include <gtest/gtest.h>

#include <set>

#include "base/log.h"
#include "tests/gateway/office.h"

namespace {

using namespace gateway_test;

class QueueNumbers : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }

  gateway::Response send(const char* method, const std::string& path, const json& body, const std::string& key = {}) {
    const std::string text = body.dump();
    gateway::Request request{
        method, path, {{"content-type", "application/json"}, {"content-length", std::to_string(text.size())}}, text};
    if (!key.empty()) request.headers.emplace_back("idempotency-key", '"' + key + '"');
    return office.answer(request);
  }
  gateway::Response ticket(unsigned n, json more = json::object(), const std::string& hall = "HP") {
    json body{{"day", "2026-11-23"}, {"issued", "2026-11-23T01:41:00Z"}, {"series", "A"}, {"terminal", "HP-03"}};
    if (!more.is_null()) body.update(more);
    return send("PUT", "/v1/halls/" + hall + "/tickets/" + application_id(n), body);
  }
  gateway::Response lease(const std::string& key, const std::string& day = "2026-11-23") {
    return send("POST", "/v1/halls/HP/ticket-leases", {{"day", day}, {"series", "A"}, {"terminal", "HP-03"}}, key);
  }
  gateway::Response call(const std::string& key) {
    return send("POST", "/v1/halls/HP/calls", {{"day", "2026-11-23"}, {"series", "A"}}, key);
  }
  std::string label(const gateway::Response& response) { return body(response).value("label", code(response)); }
  Office office;
};

TEST_F(QueueNumbers, are_counted_for_each_hall_series_and_day) {
  EXPECT_EQ(label(ticket(1)), "A001");
  EXPECT_EQ(label(ticket(2)), "A002");
  EXPECT_EQ(label(ticket(3, {{"series", "B"}})), "B001");
  EXPECT_EQ(label(ticket(4, {}, "XY")), "A001");
  EXPECT_EQ(label(ticket(5, {{"day", "2026-11-24"}})), "A001");
}

TEST_F(QueueNumbers, are_the_same_for_the_same_id) {
  EXPECT_EQ(ticket(1).status, 201);
  EXPECT_EQ(ticket(1).status, 200);
  EXPECT_EQ(label(ticket(1)), "A001");
  EXPECT_EQ(label(ticket(2)), "A002");
}

TEST_F(QueueNumbers, that_came_too_late_are_replaced_by_the_one_on_the_paper) {
  EXPECT_EQ(label(ticket(1)), "A001");
  EXPECT_EQ(label(ticket(1, {{"label", "A700"}})), "A700");
  EXPECT_EQ(label(ticket(1)), "A700");
  EXPECT_EQ(label(ticket(2)), "A002") << "a gap, never a double";
}

TEST_F(QueueNumbers, belong_to_one_ticket) {
  EXPECT_EQ(ticket(1, {{"label", "AC07"}}).status, 201);
  EXPECT_EQ(code(ticket(2, {{"label", "AC07"}})), "label-taken");
  EXPECT_EQ(code(ticket(2, {{"label", "A005"}})), "malformed") << "those are counted here";
  EXPECT_EQ(code(ticket(2, {{"label", "BC07"}})), "malformed") << "another series";
}

TEST_F(QueueNumbers, go_on_above_the_leased_ones) {
  for (unsigned n = 1; n <= 699; ++n) ASSERT_EQ(ticket(n).status, 201);
  EXPECT_EQ(label(ticket(700)), "A1000");
  EXPECT_EQ(label(ticket(701)), "A1001");
}

TEST_F(QueueNumbers, are_leased_in_blocks_that_do_not_meet) {
  std::set<int> firsts;
  for (int i = 0; i < 15; ++i) {
    const auto answer = lease("request-" + std::to_string(i));
    ASSERT_EQ(answer.status, 201);
    EXPECT_EQ(body(answer)["last"].get<int>(), body(answer)["first"].get<int>() + 19);
    EXPECT_TRUE(firsts.insert(body(answer)["first"].get<int>()).second);
  }
  EXPECT_EQ(*firsts.begin(), 700);
  EXPECT_EQ(*firsts.rbegin(), 980);
  EXPECT_EQ(code(lease("one-more")), "numbers-used-up");
  EXPECT_EQ(body(lease("request-3"))["first"], 760) << "asked once more, answered as before";
}

TEST_F(QueueNumbers, are_not_leased_twice_for_one_request) {
  EXPECT_EQ(lease("once").body, lease("once").body);
  EXPECT_EQ(code(lease("once", "2026-11-24")), "different-body");
  EXPECT_EQ(code(lease("")), "malformed");
}

TEST_F(QueueNumbers, are_not_given_for_a_day_that_is_nowhere) {
  for (const auto* day : {"2026-11-21", "2026-11-25", "1970-01-01", "2036-11-23"}) {
    EXPECT_EQ(code(ticket(1, {{"day", day}})), "wrong-day") << day;
    EXPECT_EQ(code(lease("key", day)), "wrong-day") << day;
  }
  EXPECT_EQ(ticket(1, {{"day", "2026-11-20"}, {"label", "AC01"}}).status, 201) << "reported late";
}

TEST_F(QueueNumbers, tell_how_many_wait_only_when_the_counters_call_here) {
  ticket(1);
  EXPECT_FALSE(body(ticket(2)).contains("ahead"));
  EXPECT_EQ(label(call("first")), "A001");
  EXPECT_EQ(label(call("first")), "A001") << "the same press";
  ticket(3);
  EXPECT_EQ(body(ticket(4)).value("ahead", -1), 2);
  EXPECT_EQ(label(call("second")), "A002");
  EXPECT_EQ(label(call("third")), "A003");
  EXPECT_EQ(label(call("fourth")), "A004");
  EXPECT_EQ(code(call("fifth")), "not-found");
}

TEST_F(QueueNumbers, refuse_what_is_not_as_the_contract_says) {
  EXPECT_EQ(code(ticket(1, {{"series", "AA"}})), "malformed");
  EXPECT_EQ(code(ticket(1, {{"series", "a"}})), "malformed");
  EXPECT_EQ(code(ticket(1, {{"day", "2026-02-30"}})), "malformed");
  EXPECT_EQ(code(ticket(1, {{"issued", "now"}})), "malformed");
  EXPECT_EQ(code(ticket(1, {{"name", "somebody"}})), "malformed") << "nothing personal can be sent along";
  EXPECT_EQ(code(ticket(1, {}, "a b")), "malformed");
  EXPECT_EQ(code(send("PUT", "/v1/halls/HP/tickets/17", {})), "malformed");
}

class AHeartbeat : public QueueNumbers {
 protected:
  gateway::Response beat(std::int64_t record, char hash, const std::string& chain = std::string(32, 'c')) {
    return send("POST", "/v1/sync",
                {{"terminal", "HP-03"},
                 {"software", "1.0.0"},
                 {"catalogue", 6},
                 {"queue", {{"waiting", 3}, {"oldest_s", 95}}},
                 {"audit", {{"chain", chain}, {"record", record}, {"hash", std::string(64, hash)}}}});
  }
};

TEST_F(AHeartbeat, is_answered_with_time_and_catalogue) {
  const auto answer = beat(10, 'a');
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body(answer), (json{{"catalogue", 7}, {"now", "2026-11-23T01:41:00Z"}, {"poll_after_s", 60}}));
}

TEST_F(AHeartbeat, shows_when_an_audit_log_went_back_or_was_rewritten) {
  EXPECT_EQ(beat(10, 'a').status, 200);
  EXPECT_EQ(beat(10, 'a').status, 200);
  EXPECT_EQ(beat(12, 'b').status, 200);
  EXPECT_EQ(code(beat(10, 'a')), "audit-went-back");
  EXPECT_EQ(code(beat(12, 'c')), "audit-went-back");
  EXPECT_EQ(beat(13, 'd').status, 200);
  EXPECT_EQ(beat(1, 'e', std::string(32, '9')).status, 200) << "a new chain, after the old one was set aside";
}

TEST_F(AHeartbeat, gives_out_the_bytes_the_catalogue_names) {
  const auto manifest = json::parse(body(office.answer(office.get("/v1/catalogue")))["manifest"].get<std::string>());
  for (const auto& service : manifest["services"]) {
    const auto blob = office.answer(office.get("/v1/blobs/sha256/" + service["sha256"].get<std::string>()));
    EXPECT_EQ(blob.status, 200);
    EXPECT_EQ(blob.body.size(), service["size"].get<std::size_t>());
  }
  EXPECT_EQ(code(office.answer(office.get("/v1/blobs/sha256/" + std::string(64, '0')))), "not-found");
  EXPECT_EQ(code(office.answer(office.get("/v1/blobs/sha256/xyz"))), "malformed");
}

}  // namespace
