#include "gateway/tls.h"

#include <gnutls/gnutls.h>

#include "base/files.h"

namespace gateway {
namespace {

constexpr std::size_t kLongestPem = 256U * 1024U;  // bytes

base::Status read_into(std::string& text, const std::filesystem::path& file) {
  auto read = base::read_file(file, kLongestPem);
  if (!read) return base::Error{base::Failure::config_unreadable, read.error().detail};
  text = *std::move(read);
  return {};
}

}  // namespace

base::Result<TlsIdentity> load_tls(const std::filesystem::path& certificate, const std::filesystem::path& key,
                                   const std::filesystem::path& client_ca) {
  TlsIdentity identity;
  if (auto read = read_into(identity.certificate, certificate); !read) return read.error();
  if (auto read = read_into(identity.key, key); !read) return read.error();
  if (client_ca.empty()) return identity;
  if (auto read = read_into(identity.client_ca, client_ca); !read) return read.error();
  return identity;
}

void demand_client_certificate(void* session) {
  auto* tls = static_cast<gnutls_session_t>(session);
  gnutls_certificate_server_set_request(tls, GNUTLS_CERT_REQUIRE);
  gnutls_session_set_verify_cert(tls, nullptr, 0);
}

}  // namespace gateway
