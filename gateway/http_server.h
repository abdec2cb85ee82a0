// The only file pair that knows libmicrohttpd: HTTP/1.1 bytes ↔ Request and Response values.
//
// There is no thread: run() waits with poll(2) on libmicrohttpd's epoll descriptor and calls the handler from there, one
// request at a time. A slow client therefore holds nobody up (its bytes are collected as they come, a long body in a file), and
// the store behind the handler has one user. One long body at a time is in memory, while the handler has it.
//
// What libmicrohttpd itself cannot read as HTTP/1.1 it answers by itself (400, 413, 414, 431: plain text) or hangs up on.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/http_message.h"
#include "gateway/listener.h"
#include "gateway/tls.h"

namespace gateway {

struct HttpLimits {
  unsigned connections = 512;
  std::size_t connection_bytes = 32U * 1024U;     // request line and header fields; bodies are kept elsewhere
  std::size_t body_bytes = 528'384;               // kLargestPart; more is thrown away and answered 413
  std::size_t body_in_memory = 65'536;            // while it arrives; more waits in a file without a name
  std::filesystem::path spool{};                  // folder of such files; empty: the system's for temporary files
  unsigned silence_seconds = 15;                  // nothing sent or taken for so long: closed
  std::chrono::milliseconds one_request{60'000};  // from connecting, or from the last answer, to the next answer
  std::chrono::milliseconds last_answers{2'000};  // for begun requests when the server stops
};

class HttpServer {
 public:
  using Handler = std::function<Response(const Request&)>;

  // HTTPS with an identity, else plain HTTP.
  static base::Result<HttpServer> start(Listener listener, Handler handler, const base::Clock& clock, HttpLimits limits = {},
                                        std::optional<TlsIdentity> tls = std::nullopt);
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) = delete;
  ~HttpServer();

  std::uint16_t port() const;

  // Serves until `stop` becomes readable; then takes no new connection, lets begun requests finish, and returns.
  base::Status run(int stop);

 private:
  struct Engine;
  explicit HttpServer(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace gateway
