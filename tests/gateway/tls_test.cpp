// The gateway's HTTPS, asked by the curl program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/running_gateway.h"

namespace gateway_test {
namespace {

class ASecureGateway : public testing::Test {
 protected:
  ASecureGateway() {
    folder.write("services/senior-allowance.json", R"({"id":"senior-allowance","version":1})");
    run_gateway({"keys", "--data", data});
    pin = run_gateway({"certificates", "--folder", tls("")}).out;
    pin.pop_back();
    run_gateway({"certificates", "--folder", (folder.path() / "other").string()});
  }
  std::string tls(const std::string& name) const { return (folder.path() / "tls" / name).string(); }
  GatewayProcess serve(bool with_client_ca) const {
    std::vector<std::string> more{"--tls-certificate", tls("server.pem"), "--tls-key", tls("server.key")};
    if (with_client_ca) more.insert(more.end(), {"--client-ca", tls("ca.pem")});
    return GatewayProcess(data, folder.path() / "services", more);
  }
  // What curl got: a body, or "" and its exit code.
  Finished ask(const GatewayProcess& gateway, std::vector<std::string> more) const {
    more.insert(more.begin(), {"-s", "--max-time", "20", "--cacert", tls("ca.pem")});
    more.push_back("https://127.0.0.1:" + std::to_string(gateway.port()) + "/healthz");
    return run_program("/usr/bin/curl", more);
  }

  TemporaryFolder folder;
  std::string data = (folder.path() / "data").string();
  std::string pin;
};

TEST_F(ASecureGateway, answers_who_trusts_its_ca_and_pins_its_key) {
  const auto gateway = serve(false);
  EXPECT_EQ(ask(gateway, {"--pinnedpubkey", pin}).out, R"({"status":"ok"})");
  EXPECT_EQ(ask(gateway, {"--pinnedpubkey", "sha256//" + std::string(43, 'A') + "="}).exit_code, 90);
  const auto stranger = ask(gateway, {"--cacert", (folder.path() / "other" / "ca.pem").string()});
  EXPECT_THAT(stranger.exit_code, testing::AnyOf(35, 60));  // 35: a CA of the same name that has not signed this
}

TEST_F(ASecureGateway, lets_nobody_in_without_a_certificate_of_its_client_ca) {
  const auto gateway = serve(true);
  const std::string other = (folder.path() / "other").string();
  for (const auto* version : {"1.2", "1.3"}) {
    const std::vector<std::string> at{"--tls-max", version};
    const auto with = [&](const std::string& stem) {
      return ask(gateway, {"--tls-max", version, "--cert", stem + "/HP-03.pem", "--key", stem + "/HP-03.key"});
    };
    EXPECT_EQ(with(tls("")).out, R"({"status":"ok"})") << version;
    EXPECT_NE(with(other).exit_code, 0) << version;
    const auto nobody = ask(gateway, at);
    EXPECT_NE(nobody.exit_code, 0) << version;
    EXPECT_EQ(nobody.out, "") << version;
  }
}

TEST_F(ASecureGateway, speaks_tls_1_2_or_later) {
  const auto gateway = serve(false);
  EXPECT_EQ(ask(gateway, {"--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"}).exit_code, 35);
}

TEST_F(ASecureGateway, says_what_is_wrong_with_its_files) {
  const auto start = [&](const std::string& certificate, const std::string& key) {
    return run_gateway({"serve", "--data", data, "--services", (folder.path() / "services").string(), "--listen", "127.0.0.1:0",
                        "--tls-certificate", certificate, "--tls-key", key});
  };
  EXPECT_NE(start("/nowhere", tls("server.key")).err.find("/nowhere"), std::string::npos);
  EXPECT_NE(start(tls("server.pem"), tls("ca.key")).err.find("certificate"), std::string::npos);
  EXPECT_EQ(run_gateway({"serve", "--data", data, "--services", "x", "--tls-certificate", "x"}).exit_code, 2);
}

TEST(CertificatesCommand, makes_each_file_once) {
  const TemporaryFolder folder;
  const auto where = (folder.path() / "tls").string();
  const auto first = run_gateway({"certificates", "--folder", where});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(first.out.size(), 53U) << first.out;
  EXPECT_EQ(run_gateway({"certificates", "--folder", where}).out, first.out);
}

}  // namespace
}  // namespace gateway_test
