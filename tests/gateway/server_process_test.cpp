#include <gtest/gtest.h>

#include <list>

#include "base/files.h"
#include "tests/gateway/running_gateway.h"

namespace gateway_test {
namespace {

TEST_F(ARunningGateway, tells_its_port_while_it_listens_and_stops_cleanly) {
  EXPECT_NE(gateway->port(), 0);
  EXPECT_EQ(*base::read_file(port_file), std::to_string(gateway->port()) + "\n");
  EXPECT_EQ(get("/healthz").body, R"({"status":"ok"})");
  EXPECT_EQ(stop_it(), 0);
  EXPECT_FALSE(std::filesystem::exists(port_file));
  EXPECT_EQ(get("/healthz").status, 0);
}

TEST_F(ARunningGateway, stops_on_an_interrupt_too) {
  gateway->send_signal(SIGINT);
  EXPECT_EQ(gateway->wait(), 0);
}

TEST_F(ARunningGateway, answers_201_then_200_then_409_for_one_id) {
  const auto envelope = maker(1).make();
  const auto first = request(put(1, envelope));
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(first.headers.at("content-type"), "application/json");
  const auto again = request(put(1, envelope));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.headers.at("etag"), first.headers.at("etag"));
  const auto other = request(put(1));
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(code(other), "different-body");
}

TEST_F(ARunningGateway, announces_what_it_received_without_personal_data) {
  const auto sent = put(1);
  const auto answer = body(request(sent));
  request(sent);
  for (const bool repeat : {false, true})
    EXPECT_EQ(gateway->next_event(), (json{{"event", "received"},
                                           {"id", application_id(1)},
                                           {"number", answer["number"]},
                                           {"terminal", "HP-03"},
                                           {"service", "senior-allowance"},
                                           {"at", answer["received"]},
                                           {"repeat", repeat}}));
}

TEST_F(ARunningGateway, goes_on_when_nobody_reads_what_it_announces) {
  const auto sent = put(1);
  // 64 KiB of pipe take about 400 lines.
  for (int i = 0; i < 600; ++i) ASSERT_LT(request(sent).status, 202) << i;
  EXPECT_EQ(stop_it(), 0);
}

TEST_F(ARunningGateway, gives_the_same_answer_after_the_first_was_lost) {
  const auto envelope = maker(1).make();
  {
    BareConnection losing(gateway->port());
    ASSERT_TRUE(losing.send("PUT /v1/applications/" + application_id(1) +
                            " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
                            "Content-Digest: " + digest_field(envelope) +
                            "\r\nContent-Length: " + std::to_string(envelope.size()) + "\r\n\r\n" + envelope));
    losing.hang_up();
  }
  const auto event = gateway->next_event();  // it was received, though nobody read the answer
  EXPECT_EQ(event["repeat"], false);
  const auto repeat = request(put(1, envelope));
  EXPECT_EQ(repeat.status, 200);
  EXPECT_EQ(body(repeat)["number"], event["number"]);
}

TEST_F(ARunningGateway, keeps_nothing_of_an_upload_that_was_cut) {
  const auto envelope = maker(1).make();
  std::list<BareConnection> uploads;  // at once: the server gives up on each only after some seconds
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, envelope.size() - 1}) {
    auto& cut = uploads.emplace_back(gateway->port());
    ASSERT_TRUE(cut.send("PUT /v1/applications/" + application_id(1) +
                         " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
                         "Content-Digest: " + digest_field(envelope) + "\r\nContent-Length: " + std::to_string(envelope.size()) +
                         "\r\n\r\n" + envelope.substr(0, size)));
    cut.end_sending();
  }
  for (auto& cut : uploads) EXPECT_EQ(cut.receive_to_end().find("HTTP/1.1 2"), std::string::npos);
  EXPECT_EQ(get("/v1/applications/" + application_id(1)).status, 404);
  EXPECT_EQ(request(put(1, envelope)).status, 201);
}

TEST_F(ARunningGateway, refuses_a_body_that_does_not_fit_its_digest) {
  auto sent = put(1);
  sent.body[sent.body.size() / 2] ^= 1;
  const auto refused = request(sent);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(code(refused), "digest-mismatch");
}

TEST_F(ARunningGateway, refuses_a_body_that_is_too_large_whether_asked_before_or_not) {
  const std::string large(3'000'000, ' ');
  auto sent = put(1, large);
  const auto sending = request(sent);
  EXPECT_EQ(sending.status, 413);
  EXPECT_EQ(code(sending), "too-large");
  sent.headers.back() = "Expect: 100-continue";
  const auto asking = request(sent);
  EXPECT_EQ(asking.status, 413);
  EXPECT_EQ(code(asking), "too-large");
}

TEST_F(ARunningGateway, wants_the_length_of_a_body) {
  auto sent = put(1);
  sent.headers.emplace_back("Transfer-Encoding: chunked");
  const auto refused = request(sent);
  EXPECT_EQ(refused.status, 411);
  EXPECT_EQ(code(refused), "length-required");
}

TEST_F(ARunningGateway, answers_head_like_get_without_the_body) {
  request(put(1));
  for (const auto& path : {std::string("/healthz"), std::string("/v1/catalogue"), "/v1/applications/" + application_id(1)}) {
    const auto whole = get(path);
    const auto head = request({"HEAD", gateway->url(path), {}, {}});
    EXPECT_EQ(head.status, 200) << path;
    EXPECT_EQ(head.body, "") << path;
    EXPECT_EQ(head.headers.at("content-length"), std::to_string(whole.body.size())) << path;
    EXPECT_EQ(head.headers.count("etag"), whole.headers.count("etag")) << path;
  }
}

TEST_F(ARunningGateway, answers_304_to_who_has_it_already) {
  request(put(1));
  for (const auto& path : {std::string("/v1/catalogue"), "/v1/applications/" + application_id(1)}) {
    const auto whole = get(path);
    const auto again = request({"GET", gateway->url(path), {"If-None-Match: " + whole.headers.at("etag")}, {}});
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_EQ(again.body, "") << path;
    EXPECT_EQ(again.headers.at("etag"), whole.headers.at("etag")) << path;
  }
}

TEST_F(ARunningGateway, receives_one_application_of_a_hundred_sent_at_once) {
  const std::vector<Sent> same(100, put(1));
  int created = 0;
  std::set<std::string> bodies;
  for (const auto& received : request_together(same)) {
    created += received.status == 201 ? 1 : 0;
    EXPECT_TRUE(received.status == 201 || received.status == 200) << received.status;
    bodies.insert(received.body);
  }
  EXPECT_EQ(created, 1);
  EXPECT_EQ(bodies.size(), 1U);
}

TEST_F(ARunningGateway, receives_one_of_two_different_bodies_sent_at_once) {
  std::vector<Sent> rivals;
  for (int i = 0; i < 20; ++i) rivals.push_back(put(1));
  std::map<long, int> statuses;
  for (const auto& received : request_together(rivals)) ++statuses[received.status];
  EXPECT_EQ(statuses, (std::map<long, int>{{201, 1}, {409, 19}}));
}

TEST_F(ARunningGateway, serves_the_others_while_one_is_slow) {
  std::vector<std::unique_ptr<BareConnection>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(std::make_unique<BareConnection>(gateway->port()));
    ASSERT_TRUE(
        slow.back()->send("PUT /v1/applications/" + application_id(1) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"));
  }
  EXPECT_EQ(request(put(2)).status, 201);
}

TEST_F(ARunningGateway, stops_in_time_while_clients_are_slow) {
  BareConnection slow(gateway->port());
  ASSERT_TRUE(slow.send("PUT /v1/applications/x HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"));
  get("/healthz");
  EXPECT_EQ(stop_it(), 0);
}

TEST_F(ARunningGateway, survives_what_is_no_http) {
  const std::string zeros(200, '\0');
  struct Talk {
    Talk(std::uint16_t port, std::string said) : connection(port), garbage(std::move(said)) {}
    BareConnection connection;
    std::string garbage;
  };
  std::list<Talk> talks;  // at once: the server gives up on what may still become a request only after some seconds
  for (const auto& garbage :
       {std::string("\r\n\r\n"), zeros, std::string("GET\r\n\r\n"),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),
        "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n", std::string("GET / HTTP/9.9\r\n\r\n"),
        std::string("GET /healthz HTTP/1.1\r\n\r\n"), std::string("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
        std::string("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n"),
        std::string("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")}) {
    auto& talk = talks.emplace_back(gateway->port(), garbage);
    talk.connection.send(garbage);
    talk.connection.end_sending();
  }
  for (auto& talk : talks)
    EXPECT_EQ(talk.connection.receive_to_end().find(" 200 "), std::string::npos) << talk.garbage.substr(0, 40);
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(ARunningGateway, reads_no_path_but_its_own_spelling) {
  for (const auto* path : {"/healthz%00", "/%68ealthz", "/v1//catalogue", "/nowhere"}) {
    const auto answer = get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(code(answer), "not-found") << path;
  }
  EXPECT_EQ(get("/healthz?verbose=1").status, 200);
}

TEST_F(ARunningGateway, names_what_is_allowed_when_a_method_is_not) {
  const auto refused = request({"DELETE", gateway->url("/v1/catalogue"), {}, {}});
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.headers.at("allow"), "GET, HEAD");
}

}  // namespace
}  // namespace gateway_test
