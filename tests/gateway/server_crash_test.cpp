#include <gtest/gtest.h>
#include <sys/resource.h>

#include <thread>

#include "tests/gateway/running_gateway.h"

namespace gateway_test {
namespace {

constexpr unsigned kBurst = 200;

TEST_F(ARunningGateway, keeps_every_acknowledged_application_when_it_is_killed_in_a_burst) {
  std::map<std::string, std::string> acknowledged;  // id → number
  std::map<unsigned, std::string> envelopes;
  for (unsigned round = 0; round < 3; ++round) {
    std::vector<Sent> burst;
    for (unsigned n = round * kBurst; n < (round + 1) * kBurst; ++n) burst.push_back(put(n, envelopes[n] = maker(n).make()));
    std::thread killer([&] {  // in the middle: after so many have been received
      for (unsigned seen = 0; seen < 20 * (round + 1); ++seen) gateway->next_event();
      gateway->send_signal(SIGKILL);
    });
    for (const auto& received : request_together(burst))
      if (received.status == 201) acknowledged[body(received)["id"]] = body(received)["number"];
    killer.join();
    gateway->wait();
    start();
  }
  EXPECT_GT(acknowledged.size(), 20U);
  EXPECT_LT(acknowledged.size(), 3 * kBurst);
  for (const auto& [id, number] : acknowledged) EXPECT_EQ(body(get("/v1/applications/" + id))["number"], number);
  std::set<std::string> numbers;
  for (const auto& [n, envelope] : envelopes) {  // the terminals send again what they have no answer to
    const auto received = request(put(n, envelope));
    ASSERT_TRUE(received.status == 200 || received.status == 201) << received.status;
    numbers.insert(body(received)["number"]);
    const auto known = acknowledged.find(application_id(n));
    EXPECT_TRUE(known == acknowledged.end() || body(received)["number"] == known->second) << n;
  }
  EXPECT_EQ(numbers.size(), envelopes.size());
  EXPECT_EQ(stop_it(), 0);
  const auto shown = json::parse(run_gateway({"show", "--json", "--data", data.string()}).out);
  EXPECT_EQ(shown.size(), envelopes.size());
}

TEST_F(ARunningGateway, is_busy_while_the_disk_is_full_and_loses_nothing) {
  const auto before = request(put(1));
  rlimit usual{};
  ASSERT_EQ(prlimit(gateway->process(), RLIMIT_FSIZE, nullptr, &usual), 0);
  const rlimit nothing{1, usual.rlim_max};
  ASSERT_EQ(prlimit(gateway->process(), RLIMIT_FSIZE, &nothing, nullptr), 0);
  const auto sent = put(2);
  const auto refused = request(sent);
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(code(refused), "busy");
  EXPECT_EQ(refused.headers.at("retry-after"), "30");
  EXPECT_EQ(body(get("/v1/applications/" + application_id(1)))["number"], body(before)["number"]);
  ASSERT_EQ(prlimit(gateway->process(), RLIMIT_FSIZE, &usual, nullptr), 0);
  const auto later = request(sent);
  EXPECT_EQ(later.status, 201);
  EXPECT_EQ(body(later)["number"].get<std::string>().substr(5), "000002");
}

}  // namespace
}  // namespace gateway_test
