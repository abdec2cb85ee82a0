// The courier's TLS, against a server with every certificate there should not be. What must never happen: that a byte of an
// application leaves for somebody who is not proven to be the platform.
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"
#include "test_places.h"
#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

// Made once for all tests, by the openssl tool.
const std::filesystem::path& certificates() {
  static const test_support::TemporaryFolder folder;
  static const int made =
      std::system(("sh " LINLI_SOURCE_DIR "/tests/support/make_certificates.sh " + (folder / "tls").string()).c_str());
  static const std::filesystem::path path = folder / "tls";
  EXPECT_EQ(made, 0);
  return path;
}
std::filesystem::path pem(const std::string& name) { return certificates() / (name + ".pem"); }
std::filesystem::path key(const std::string& name) { return certificates() / (name + ".key"); }
std::string pin(const std::string& name) {
  std::string text = *base::read_file(certificates() / (name + ".pin"));
  text.pop_back();
  return text;
}

test_support::FaultServerOptions shows(const std::string& certificate) {
  test_support::FaultServerOptions options;
  options.certificate = pem(certificate);
  options.key = key(certificate);
  return options;
}

struct SecuredHall : Hall {
  explicit SecuredHall(const test_support::FaultServerOptions& options) : Hall(options) {
    configuration.trust.ca = pem("ca");
    configuration.http.connect = 5s;  // a handshake is work, and the machine may be busy
    configuration.http.total = 10s;
  }

  void expect_received() {
    open();
    EXPECT_TRUE(next_of<Received>(submit()));
  }
  void expect_refused() {
    open();
    const auto id = submit();
    EXPECT_TRUE(next_of<Saved>(id));
    EXPECT_TRUE(becomes(Link::down, Failure::net_certificate));
    EXPECT_TRUE(next<QueueCounts>([](const QueueCounts& c) { return c.queued == 1; }));
    EXPECT_EQ(server.puts(), 0U);
    EXPECT_EQ(server.application_bytes(), 0U);
  }
};

TEST(ASecureCourier, sends_to_a_platform_of_its_own_ca) {
  SecuredHall hall(shows("server"));
  hall.expect_received();
}

class ACertificateThatProvesNothing : public testing::TestWithParam<const char*> {};

TEST_P(ACertificateThatProvesNothing, gets_no_byte_of_an_application) {
  SecuredHall hall(shows(GetParam()));
  hall.expect_refused();
}

INSTANTIATE_TEST_SUITE_P(Every, ACertificateThatProvesNothing,
                         testing::Values("expired", "not-yet-valid", "wrong-host", "self-signed", "unknown-ca"));

TEST(ASecureCourier, without_a_ca_believes_nobody) {
  SecuredHall hall(shows("server"));
  hall.configuration.trust.ca.clear();
  hall.expect_refused();
}

TEST(ASecureCourier, whose_ca_cannot_be_read_believes_nobody) {
  SecuredHall hall(shows("server"));
  hall.configuration.trust.ca = hall.folder / "missing.pem";
  hall.expect_refused();
}

TEST(ASecureCourier, does_not_speak_tls_1_0) {
  auto options = shows("server");
  options.only_tls_1_0 = true;
  SecuredHall hall(options);
  hall.expect_refused();
}

TEST(ASecureCourier, pins_the_current_and_the_next_key) {
  {
    SecuredHall hall(shows("server"));
    hall.configuration.trust.pins = pin("server");
    hall.expect_received();
  }
  for (const auto* now : {"server", "next-server"}) {  // the platform changes over
    SecuredHall hall(shows(now));
    hall.configuration.trust.pins = pin("server") + ";" + pin("next-server");
    hall.expect_received();
  }
  SecuredHall hall(shows("next-server"));
  hall.configuration.trust.pins = pin("server");
  hall.expect_refused();
}

test_support::FaultServerOptions demands_a_client() {
  auto options = shows("server");
  options.client_ca = pem("ca");
  return options;
}

TEST(ASecureCourier, shows_its_own_certificate) {
  SecuredHall hall(demands_a_client());
  hall.configuration.trust.certificate = pem("client");
  hall.configuration.trust.key = key("client");
  hall.expect_received();
}

TEST(ASecureCourier, is_told_when_its_own_certificate_is_missing_expired_or_foreign) {
  for (const auto* own : {"", "expired-client", "other-client", "unreadable"}) {
    SecuredHall hall(demands_a_client());
    if (*own != '\0') {
      hall.configuration.trust.certificate = pem(own);
      hall.configuration.trust.key = key(own);
    }
    hall.open();
    const auto id = hall.submit();
    EXPECT_TRUE(hall.next_of<Saved>(id));
    EXPECT_TRUE(hall.becomes(Link::down, Failure::net_certificate)) << own;
    EXPECT_EQ(hall.server.puts(), 0U) << own;
  }
}

// A certificate is renewed on the disk while the machine runs.
TEST(ASecureCourier, takes_a_renewed_certificate_without_a_restart) {
  SecuredHall hall(demands_a_client());
  hall.configuration.trust.certificate = hall.folder / "own.pem";
  hall.configuration.trust.key = hall.folder / "own.key";
  const auto install = [&](const std::string& name) {
    ASSERT_TRUE(base::write_file(hall.folder / "own.pem", *base::read_file(pem(name))));
    ASSERT_TRUE(base::write_file(hall.folder / "own.key", *base::read_file(key(name))));
  };
  install("expired-client");
  hall.open();
  const auto id = hall.submit();
  ASSERT_TRUE(hall.becomes(Link::down, Failure::net_certificate));
  install("client");
  hall.courier->send_now();
  EXPECT_TRUE(hall.next_of<Received>(id));
}

TEST(ASecureCourier, repeats_without_harm_on_kept_connections_and_keeps_them) {
  SecuredHall hall(shows("server"));
  hall.configuration.platform_url.clear();
  hall.open();
  for (int i = 0; i < 100; ++i) hall.submit();
  ASSERT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.queued == 100; }));
  hall.courier.reset();
  hall.configuration.platform_url = hall.server.url();
  hall.open();
  ASSERT_TRUE(hall.next<QueueCounts>([](const QueueCounts& c) { return c.acknowledged == 100; }));
  EXPECT_EQ(hall.server.connections(), 1U);
}

// Plain HTTP spoken to a TLS port, and TLS to a plain one.
TEST(ASecureCourier, does_not_fall_back_to_http) {
  SecuredHall hall({});
  hall.configuration.platform_url.replace(0, 4, "https");
  hall.open();
  const auto id = hall.submit();
  EXPECT_TRUE(hall.next_of<Saved>(id));
  EXPECT_TRUE(hall.next<LinkChanged>([](const LinkChanged& l) { return l.link == Link::down; }));
  EXPECT_EQ(hall.server.puts(), 0U);
}

class AnEnvironment {
 public:
  explicit AnEnvironment(const std::string& proxy) {
    for (const auto* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"})
      setenv(name, proxy.c_str(), 1);
    setenv("no_proxy", "*", 1);
  }
  ~AnEnvironment() {
    for (const auto* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "no_proxy"}) unsetenv(name);
  }
  AnEnvironment(const AnEnvironment&) = delete;
  AnEnvironment& operator=(const AnEnvironment&) = delete;
};

TEST(ACouriersProxy, is_the_configured_one_and_never_the_environments) {
  const AnEnvironment environment(test_support::refusing_url());
  Hall direct;
  direct.open();
  EXPECT_TRUE(direct.next_of<Received>(direct.submit()));
  Hall through;  // its "proxy" is a server that answers itself: a lie, and the request reached it
  test_support::FaultServer proxy;
  proxy.always({Behaviour::page, ""});
  through.configuration.trust.proxy = proxy.url();
  through.open();
  const auto id = through.submit();
  EXPECT_TRUE(through.next_of<Saved>(id));
  EXPECT_TRUE(through.becomes(Link::down, Failure::net_not_the_platform));
  EXPECT_EQ(through.server.puts(), 0U);
  EXPECT_GE(proxy.puts(), 1U);
}

// A proxy that opens no tunnel, or one to somebody else, sees nothing of an application.
TEST(ACouriersProxy, that_lies_learns_nothing) {
  SecuredHall hall(shows("server"));
  test_support::FaultServer proxy;  // answers CONNECT with 200 and then speaks plain HTTP
  proxy.health({Behaviour::page, ""});
  hall.configuration.trust.proxy = proxy.url();
  hall.open();
  const auto id = hall.submit();
  EXPECT_TRUE(hall.next_of<Saved>(id));
  EXPECT_TRUE(hall.next<LinkChanged>([](const LinkChanged& l) { return l.link == Link::down; }));
  for (const auto& request : proxy.seen()) EXPECT_EQ(request.method, "CONNECT");
  EXPECT_EQ(hall.server.puts(), 0U);
}

}  // namespace
