// The front of `fault_server`, a process of its own on raw sockets that can do everything wrong (tests/support/behaviour.h).
// By default it is honest: it checks signature and seal with the office's keys, keeps one effect per id, signs its receipts,
// answers a repeat as the first time and other bytes with 409. Behaviours are queued for coming PUTs, set for one id, for
// all, or drawn at random for each. The process serves any number of connections; this front is for one thread at a time,
// except where said.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/behaviour.h"

namespace test_support {

struct SeenRequest {
  int connection = 0;  // 1 is the first
  std::string method, target;
  std::string head;  // request line and headers
};

// How the server listens; by default plain HTTP, suite 1, any terminal.
struct FaultServerOptions {
  int suite = 1;
  std::filesystem::path certificate{}, key{};  // PEM; both: HTTPS
  std::filesystem::path client_ca{};           // a client certificate of this CA is demanded
  bool only_tls_1_0 = false;
  std::filesystem::path devices{};  // TERMINAL.pub files; empty: signatures are not checked
};

// Random behaviours, unless always() names another than the honest one: each id's first `faults` requests at most are served
// wrongly, each with this probability, then it is honest. `refusals` of a thousand ids are refused for good instead. Slow
// behaviours, which cost the client its patience, come `slow` times in a thousand faults.
struct FaultMix {
  std::uint64_t seed = 1;
  double probability = 0.7;
  int faults = 3;
  int refusals = 0;
  int slow = 5;
};

class FaultServer {
 public:
  explicit FaultServer(const FaultServerOptions& options = {});
  ~FaultServer();
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  std::string url() const;  // http or https, at 127.0.0.1
  int port() const { return port_; }
  const std::string& office_key() const { return office_key_; }  // hex of the public half
  const std::string& answer_key() const { return answer_key_; }  // hex of the public half

  void next(Step step);  // for the next PUT that has no step yet
  void always(Step step);
  void for_id(const std::string& id, Step step);
  void health(Step step);
  void mix(const FaultMix& mix);

  std::vector<SeenRequest> seen() const;  // at most the first 10 000
  std::size_t puts() const;
  std::size_t connections() const;
  std::size_t application_bytes() const;        // that came through, past TLS
  std::map<std::string, int> accepted() const;  // id → how often its bytes came
  std::map<std::string, int> parts() const;     // "<application> <ordinal>" → how often that attachment came
  std::vector<std::string> opened() const;      // plaintexts, in the order of their effects; kept for the first 100
  int conflicts() const;                        // the same id with other bytes
  std::map<std::string, int> tally() const;     // behaviour → how often it was carried out, by name
  // `condition` is asked again after every request that arrives.
  bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds patience = std::chrono::seconds(60)) const;

 private:
  std::string ask(const std::string& command) const;

  pid_t process_ = -1;
  int to_ = -1, from_ = -1, port_ = 0;
  bool tls_ = false;
  std::string office_key_, answer_key_;
  mutable std::mutex mutex_;
  mutable std::string unread_;
};

// A port nothing listens on.
std::string refusing_url();

}  // namespace test_support
