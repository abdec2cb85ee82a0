// What the server shows and demands on a TLS connection. TLS 1.2 or 1.3; with a client CA, a client without a certificate of
// that CA does not get past the handshake.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace gateway {

struct TlsIdentity {  // PEM, as the files hold it
  std::string certificate;
  std::string key;
  std::string client_ca;  // empty: no client certificate is asked for
};

// config_unreadable when a file that is named cannot be read. `client_ca` may be empty.
base::Result<TlsIdentity> load_tls(const std::filesystem::path& certificate, const std::filesystem::path& key,
                                   const std::filesystem::path& client_ca);

// `session` is libmicrohttpd's gnutls_session_t, before the handshake: a client certificate becomes a must.
void demand_client_certificate(void* session);

inline constexpr const char* kTlsPriorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

}  // namespace gateway
