// One accepted connection, plain or TLS, used by one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace test_support {

struct TlsFiles {
  std::string certificate, key, client_ca;  // paths; no certificate: plain
  bool only_1_0 = false;
};

struct FreeTls {
  void operator()(ssl_ctx_st* context) const;
  void operator()(ssl_st* connection) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeTls>;
TlsContext make_tls_context(const TlsFiles& files);  // aborts when the files cannot be used

class Wire {
 public:
  Wire(int socket, ssl_ctx_st* tls);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool handshake();  // true at once without TLS
  void part();       // after a failed handshake: what was said last is not lost to a reset
  bool receive(std::string& into);
  bool send(std::string_view bytes);
  bool gone_within(int milliseconds) const;  // the other side hung up
  void reset();                              // RST when this dies

 private:
  int socket_;
  std::unique_ptr<ssl_st, FreeTls> tls_;
};

}  // namespace test_support
