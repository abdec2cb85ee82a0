#include "gateway/http_server.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <thread>

#include "base/log.h"
#include "tests/gateway/http_client.h"
#include "tests/gateway/temporary_folder.h"

namespace {

using gateway::HttpLimits;
using gateway::HttpServer;
using gateway::Listener;
using namespace gateway_test;

// A server in a thread that echoes the body.
class AnHttpServer : public testing::Test {
 protected:
  void start(HttpLimits limits) {
    base::log::quiet();
    server_.emplace(*HttpServer::start(
        *Listener::open("127.0.0.1:0"),
        [](const gateway::Request& request) {
          if (request.body_too_large) return gateway::Response{413, {}, "large"};
          return gateway::Response{200, {}, request.path + "|" + request.body};
        },
        clock_, limits));
    thread_ = std::thread([this] { EXPECT_TRUE(server_->run(stop_)); });
  }
  ~AnHttpServer() override {
    eventfd_write(stop_, 1);
    thread_.join();
    close(stop_);
  }
  std::uint16_t port() const { return server_->port(); }

 private:
  base::SystemClock clock_;
  int stop_ = eventfd(0, EFD_CLOEXEC);
  std::optional<HttpServer> server_;
  std::thread thread_;
};

TEST_F(AnHttpServer, cuts_off_a_client_that_never_comes_to_the_end_of_its_request) {
  start({.one_request = std::chrono::milliseconds{200}});
  BareConnection dribbling(port());
  while (dribbling.send("GET /a HTTP/1.1\r\nHost: x\r\nX-")) {
    if (dribbling.receive_to_end().empty()) break;  // returns when the server has hung up
  }
  BareConnection silent(port());
  EXPECT_EQ(silent.receive_to_end(), "");
}

TEST_F(AnHttpServer, keeps_a_connection_for_further_requests) {
  start({});
  BareConnection kept(port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(kept.send("PUT /x?y HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
    const std::string answer = kept.receive_some();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
    EXPECT_TRUE(answer.ends_with("/x|abc")) << answer;
  }
}

TEST_F(AnHttpServer, answers_requests_sent_back_to_back) {
  start({});
  BareConnection eager(port());
  ASSERT_TRUE(eager.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  const std::string answers = eager.receive_to_end();
  EXPECT_LT(answers.find("/1|"), answers.find("/2|"));
  EXPECT_NE(answers.find("/2|"), std::string::npos);
}

TEST_F(AnHttpServer, keeps_no_more_of_a_body_than_the_limit) {
  start({.body_bytes = 1000});
  EXPECT_EQ(request({"PUT", "http://127.0.0.1:" + std::to_string(port()) + "/", {"Expect:"}, std::string(1000, 'x')}).status,
            200);
  EXPECT_EQ(request({"PUT", "http://127.0.0.1:" + std::to_string(port()) + "/", {"Expect:"}, std::string(1001, 'x')}).status,
            413);
  EXPECT_EQ(request({"PUT",
                     "http://127.0.0.1:" + std::to_string(port()) + "/",
                     {"Expect:", "Transfer-Encoding: chunked"},
                     std::string(2000, 'x')})
                .status,
            413);
}

TEST_F(AnHttpServer, lets_a_long_body_wait_in_a_file_and_hands_it_over_whole) {
  const TemporaryFolder folder;
  start({.body_bytes = 400'000, .body_in_memory = 1000, .spool = folder.path()});
  std::string body;
  for (int i = 0; body.size() < 300'000; ++i) body += std::to_string(i);
  for (const std::size_t size : {std::size_t{999}, std::size_t{1000}, std::size_t{1001}, body.size()}) {
    const auto received = request({"PUT", "http://127.0.0.1:" + std::to_string(port()) + "/", {"Expect:"}, body.substr(0, size)});
    EXPECT_EQ(received.status, 200);
    EXPECT_EQ(received.body, "/|" + body.substr(0, size));
  }
  EXPECT_EQ(request({"PUT", "http://127.0.0.1:" + std::to_string(port()) + "/", {"Expect:"}, body + body}).status, 413);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(AnHttpServer, takes_no_more_connections_than_the_limit) {
  start({.connections = 2});
  std::optional<BareConnection> first(port()), second(port());
  first->send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  second->send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(first->receive_some(), "");
  EXPECT_NE(second->receive_some(), "");
  BareConnection third(port());
  third.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
  first.reset();
  EXPECT_NE(third.receive_some().find("/3|"), std::string::npos);
}

}  // namespace
