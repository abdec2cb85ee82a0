// A fresh folder with a key and two services, and the program serving it.
#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <optional>

#include "tests/gateway/envelope_maker.h"
#include "tests/gateway/gateway_process.h"
#include "tests/gateway/http_client.h"
#include "tests/gateway/temporary_folder.h"

namespace gateway_test {

class ARunningGateway : public testing::Test {
 protected:
  ARunningGateway() {
    folder.write("services/senior-allowance.json", R"({"id":"senior-allowance","version":1})");
    folder.write("services/repair-report.json", R"({"id":"repair-report","version":1})");
    const auto keys = run_gateway({"keys", "--data", data.string()});
    public_key.resize(32);
    sodium_hex2bin(reinterpret_cast<unsigned char*>(public_key.data()), 32, keys.out.data(), keys.out.size(), "\n", nullptr,
                   nullptr);
    start();
  }
  void start() { gateway.emplace(data, folder.path() / "services", std::vector<std::string>{"--port-file", port_file.string()}); }
  void kill_it() {
    gateway->send_signal(SIGKILL);
    gateway->wait();
  }
  int stop_it() {
    gateway->send_signal(SIGTERM);
    return gateway->wait();
  }

  EnvelopeMaker maker(unsigned n) const { return {public_key, application_id(n)}; }
  Sent put(unsigned n, const std::string& envelope) const {
    return {"PUT",
            gateway->url("/v1/applications/" + application_id(n)),
            {"Content-Type: application/json", "Content-Digest: " + digest_field(envelope), "Expect:"},
            envelope};
  }
  Sent put(unsigned n) const { return put(n, maker(n).make()); }
  Received get(const std::string& path) const { return request({"GET", gateway->url(path), {}, {}}); }

  TemporaryFolder folder;
  std::filesystem::path data = folder.path() / "data";
  std::filesystem::path port_file = folder.path() / "port";
  std::string public_key;
  std::optional<GatewayProcess> gateway;
};

inline json body(const Received& received) { return json::parse(received.body, nullptr, false); }
inline std::string code(const Received& received) { return body(received).value("code", "none"); }

}  // namespace gateway_test
