// A platform on raw sockets that can do everything wrong. By default it is honest: it opens the seal with the office's
// secret key, keeps one effect per id, answers a repeat as the first time and other bytes with 409. Behaviours are queued
// for coming PUTs, set for one id, or set for all. One thread; one connection at a time, which is what a courier uses.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace test_support {

enum class Behaviour : std::uint8_t {
  honest,
  silent,             // reads, never answers
  slow,               // the honest answer, one byte at a time, never the last
  reset,              // RST in the middle of the answer
  reset_before,       // RST without an answer; no effect
  truncated_length,   // Content-Length says more than comes
  truncated_close,    // no length, closed in the middle: libcurl calls it a success
  page,               // 200 text/html, a captive portal
  page_as_json,       // the same page, claiming application/json
  redirect,           // 302 to a portal
  other_id,           // 201 for somebody else's application
  other_digest,       // 201, wrong digest
  no_number,          // 201 without a number
  malformed,          // 400 problem
  proxy_bad_request,  // 400 text/html of something in between
  different_body,     // 409 problem
  too_large,          // 413 problem
  seal_broken,        // 422 problem
  unauthorised,       // 401
  gone,               // 404
  too_many,           // 429 with the step's Retry-After
  broken,             // 500
  busy,               // 503
  consume_and_close,  // the effect happens, no byte of an answer
  huge,               // 10 MiB without a length
  many_headers,       // 20 MiB of header lines
  deep,               // JSON nested 10,000 deep
  duplicate_keys,     // the honest answer with "id" twice
  garbage,            // not HTTP
};

struct Step {
  Behaviour behaviour = Behaviour::honest;
  std::string retry_after;  // header value; empty: none
};

struct SeenRequest {
  std::string method, target, head, body;
  int connection = 0;  // counts from 1
};

class FaultServer {
 public:
  FaultServer();
  ~FaultServer();
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  std::string url() const;
  std::string office_key() const;  // hex of the public half

  void next(Step step);  // for the next PUT that has no step yet
  void always(Step step);
  void for_id(const std::string& id, Step step);
  void health(Step step);

  std::vector<SeenRequest> seen() const;
  std::size_t puts() const;
  std::map<std::string, int> accepted() const;  // id → how often its bytes came
  std::vector<std::string> opened() const;      // plaintexts, in the order of their effects
  int conflicts() const;                        // the same id with other bytes
  bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds patience = std::chrono::seconds(20)) const;

 private:
  struct Answer {
    std::string bytes;
    bool close = false, reset = false, hang = false, drip = false;
  };
  struct Effect {
    std::string body, answer;
    int times = 0;
  };

  void run();
  void serve(int connection, int number);
  bool read_request(int connection, std::string& pending, SeenRequest& request) const;
  bool carry_out(int connection, const Answer& answer) const;
  bool wait_readable(int fd, int milliseconds) const;
  Step step_for(const SeenRequest& request);
  Answer answer_to(const SeenRequest& request, const Step& step);
  Answer put_answer(const SeenRequest& request, const Step& step);
  std::string effect(const SeenRequest& request);

  int listener_ = -1, stop_ = -1, port_ = 0;
  std::string public_key_, secret_key_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::deque<Step> steps_;
  Step always_, health_;
  std::map<std::string, Step> for_id_;
  std::vector<SeenRequest> seen_;
  std::map<std::string, Effect> effects_;
  std::vector<std::string> opened_;
  int conflicts_ = 0;
  std::thread thread_;
};

// A port nothing listens on.
std::string refusing_url();

}  // namespace test_support
