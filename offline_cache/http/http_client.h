// One HTTP exchange at a time over libcurl's multi interface, on the thread that calls it. Connections are kept.
//
// Typical use: start() a request, then call wait() until it gives the answer. wait() also returns, with nothing, when
// wake() was called from any thread or the patience is over, so that one loop can serve the network and a mailbox.
// Redirects are never followed, proxies of the environment never used, compressed bodies never asked for; bodies are
// counted and cut at kLongestAnswer.
#pragma once

#include <chrono>
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

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;                  // sent with PUT
};

class HttpClient {
 public:
  explicit HttpClient(const HttpLimits& limits);
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

  HttpLimits limits_;
  std::unique_ptr<Handles> handles_;
  HttpRequest request_;
  RawAnswer answer_;
  bool busy_ = false;
};

}  // namespace offline_cache
