// One HTTP exchange at a time over libcurl's multi interface, on the thread that calls it. Connections are kept.
//
// Typical use: start() a request, then call wait() until it gives the answer. wait() also returns, with nothing, when
// wake() was called from any thread or the patience is over, so that one loop can serve the network and a mailbox.
// Redirects are never followed, proxies of the environment never used, compressed bodies never asked for; bodies are
// counted and cut at the request's longest_answer. https is TLS 1.2 or later and believes the certificates of HttpTrust alone;
// http is spoken when the URL says so, which the configuration allows on the loopback address only. The files of HttpTrust are
// read anew for each connection: a certificate can be renewed while the machine runs. libcurl may send a PUT twice by itself when
// a kept connection turns out to be dead: harmless, since a repeat of the same bytes under the same id has one effect
// (docs/decisions/transport.md).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "offline_cache/answer.h"

namespace offline_cache {

struct HttpLimits {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds total{30'000};
  std::chrono::seconds stalled{10};  // aborted when fewer than `slowest` bytes/s came or went for this long
  long slowest = 64;                 // bytes/s
};

struct HttpTrust {
  std::filesystem::path ca;  // PEM: whom the platform's certificate has to come from; the system's store is never used
  std::filesystem::path certificate, key;  // PEM: who we are; empty: nobody in particular
  std::string pins;   // "sha256//…;sha256//…": the platform's public key, current and next; empty: any the CA vouches for
  std::string proxy;  // "http://10.0.0.1:3128"; empty: none, whatever the environment says
};

// A body that is not in memory. `piece` gives the bytes from an offset on, as many as it likes; it is asked on the thread that
// waits. Nothing at all before the end: it cannot be read, and the exchange ends as our own fault (CURLE_ABORTED_BY_CALLBACK).
struct StreamedBody {
  std::int64_t size = 0;  // bytes
  std::function<std::string(std::int64_t offset)> piece{};
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;                     // "Name: value"
  std::string body;                                     // sent with PUT and POST
  std::size_t longest_answer = kLongestAnswer;          // bytes of body
  std::optional<std::chrono::milliseconds> patience{};  // for the whole exchange, instead of HttpLimits::total
  std::optional<StreamedBody> stream{};                 // sent with PUT instead of `body`
};

class HttpClient {
 public:
  HttpClient(const HttpLimits& limits, HttpTrust trust);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  void start(HttpRequest request);  // only when not busy
  bool busy() const { return busy_; }
  void cancel();
  std::optional<RawAnswer> wait(std::chrono::milliseconds patience);
  void wake();  // any thread

 private:
  struct Handles;
  std::optional<RawAnswer> finished();
  void set_options();
  void set_stream(const StreamedBody& body);
  void set_trust();

  HttpLimits limits_;
  HttpTrust trust_;
  std::unique_ptr<Handles> handles_;
  HttpRequest request_;
  RawAnswer answer_;
  bool busy_ = false;
};

}  // namespace offline_cache
