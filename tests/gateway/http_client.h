// libcurl, as the kiosk uses it; and a bare socket, for what no well-behaved client would send.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gateway_test {

struct Sent {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
};

struct Received {
  long status = 0;                             // 0 = no answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

Received request(const Sent& sent);
// All at once, each on a connection of its own.
std::vector<Received> request_together(const std::vector<Sent>& sent);

class BareConnection {
 public:
  explicit BareConnection(std::uint16_t port);
  ~BareConnection();
  BareConnection(const BareConnection&) = delete;
  BareConnection& operator=(const BareConnection&) = delete;

  bool send(std::string_view bytes) const;
  void end_sending() const;            // the peer reads the end of the stream
  void hang_up();                      // closes without reading
  std::string receive_to_end() const;  // until the peer closes; at most 20 s
  std::string receive_some() const;

 private:
  int socket_ = -1;
};

}  // namespace gateway_test
