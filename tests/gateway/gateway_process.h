// The real program, started on a free port of the loopback interface.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace gateway_test {

struct Finished {
  int exit_code = -1;  // -1: died of a signal
  std::string out;
  std::string err;
};

// Runs a program, or linli-gateway, to its end.
Finished run_program(const std::string& program, const std::vector<std::string>& arguments);
Finished run_gateway(const std::vector<std::string>& arguments);

class GatewayProcess {
 public:
  // Returns once it listens. Its standard error goes to DATA/../gateway.log.
  GatewayProcess(const std::filesystem::path& data, const std::filesystem::path& services,
                 std::vector<std::string> more_arguments = {});
  ~GatewayProcess();  // kills it when it still runs
  GatewayProcess(const GatewayProcess&) = delete;
  GatewayProcess& operator=(const GatewayProcess&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path) const;
  pid_t process() const { return process_; }

  // The next line of standard output as JSON; null when the program has ended, or said nothing for 20 s.
  nlohmann::json next_event();

  void send_signal(int signal) const;
  int wait();  // its exit code, -1 when it died of a signal

 private:
  pid_t process_ = -1;
  int out_ = -1;
  std::uint16_t port_ = 0;
  std::string unread_;
};

}  // namespace gateway_test
