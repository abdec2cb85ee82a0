#include "tests/support/fault_server/wire.h"

#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace test_support {

void FreeTls::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void FreeTls::operator()(ssl_st* connection) const { SSL_free(connection); }

TlsContext make_tls_context(const TlsFiles& files) {
  if (files.certificate.empty()) return nullptr;
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  if (!context || SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    std::abort();
  if (!files.client_ca.empty()) {
    if (SSL_CTX_load_verify_locations(context.get(), files.client_ca.c_str(), nullptr) != 1) std::abort();
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  if (files.only_1_0) {
    SSL_CTX_set_security_level(context.get(), 0);  // else OpenSSL itself would not speak it
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), TLS1_VERSION);
  }
  return context;
}

Wire::Wire(int socket, ssl_ctx_st* tls) : socket_(socket), tls_(tls == nullptr ? nullptr : SSL_new(tls)) {
  if (tls_) SSL_set_fd(tls_.get(), socket_);
}

Wire::~Wire() { close(socket_); }

bool Wire::handshake() { return !tls_ || SSL_accept(tls_.get()) == 1; }

void Wire::part() {
  shutdown(socket_, SHUT_WR);
  std::array<char, 4096> ignored{};
  while (recv(socket_, ignored.data(), ignored.size(), 0) > 0) {}
}

bool Wire::receive(std::string& into) {
  std::array<char, 16384> bytes{};
  const auto size = tls_ ? SSL_read(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                         : static_cast<int>(recv(socket_, bytes.data(), bytes.size(), 0));
  if (size > 0) into.append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0;
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto size = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

bool Wire::gone_within(int milliseconds) const {
  pollfd waiting{socket_, POLLIN | POLLRDHUP, 0};
  return poll(&waiting, 1, milliseconds) > 0;
}

void Wire::reset() {
  const linger now{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace test_support
