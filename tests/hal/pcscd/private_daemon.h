// A pcscd of the test's own, in the foreground, as an ordinary user: it takes a socket of ours as if systemd had opened it, and a
// configuration with nothing but vpcd on a port of ours. The machine's own daemon is not touched.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace pcscd_test {

class PrivateDaemon {
 public:
  PrivateDaemon();
  ~PrivateDaemon();
  PrivateDaemon(const PrivateDaemon&) = delete;
  PrivateDaemon& operator=(const PrivateDaemon&) = delete;

  static bool installed();  // pcscd and vpcd
  // Where the client library has to look, before it is used first.
  void point_clients_here() const;

  void start();
  void kill();  // without a farewell, as a crash
  std::uint16_t vpcd_port() const { return port_; }

 private:
  void open_socket();

  test_support::TemporaryFolder folder_;
  std::filesystem::path socket_path_;
  std::uint16_t port_ = 0;
  int socket_ = -1;
  pid_t process_ = -1;
};

}  // namespace pcscd_test
