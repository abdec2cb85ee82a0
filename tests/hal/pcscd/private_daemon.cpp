#include "tests/hal/pcscd/private_daemon.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace pcscd_test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDaemon = "/usr/sbin/pcscd";
constexpr const char* kDaemonFolder = "/run/pcscd";
constexpr const char* kVpcd = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
constexpr int kFirstPassedHandle = 3;  // SD_LISTEN_FDS_START

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

bool is_free(std::uint16_t port) {
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  const bool free = bind(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(handle);
  return free;
}

// vpcd takes two, one for each slot. Below those that the kernel hands out by itself.
std::uint16_t two_free_ports() {
  for (unsigned attempt = 0; attempt < 1000; ++attempt) {
    const auto port = static_cast<std::uint16_t>(20'000 + (static_cast<unsigned>(getpid()) * 2 + attempt * 2) % 10'000);
    if (is_free(port) && is_free(static_cast<std::uint16_t>(port + 1))) return port;
  }
  throw std::runtime_error("no free port");
}

}  // namespace

bool PrivateDaemon::installed() {
  // The daemon ends at once without its folder, which only a service manager makes.
  std::error_code error;
  fs::create_directory(kDaemonFolder, error);
  return access(kDaemon, X_OK) == 0 && access(kVpcd, R_OK) == 0 && fs::is_directory(kDaemonFolder, error);
}

PrivateDaemon::PrivateDaemon() : socket_path_(folder_ / "pcscd.comm"), port_(two_free_ports()) {
  fs::permissions(folder_.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  fs::create_directory(folder_ / "readers");
  fs::permissions(folder_ / "readers", static_cast<fs::perms>(0755));
  std::ofstream(folder_ / "readers/vpcd") << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" << port_ << "\nLIBPATH "
                                          << kVpcd << "\nCHANNELID " << port_ << '\n';
}

PrivateDaemon::~PrivateDaemon() { kill(); }

void PrivateDaemon::point_clients_here() const { setenv("PCSCLITE_CSOCK_NAME", socket_path_.c_str(), 1); }

void PrivateDaemon::open_socket() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket_path_;
  require(path.size() < sizeof address.sun_path, "the temporary folder's name is too long for a socket");
  path.copy(address.sun_path, path.size());
  unlink(path.c_str());
  socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && listen(socket_, 16) == 0, "socket");
}

void PrivateDaemon::start() {
  open_socket();
  const std::string readers = folder_ / "readers";
  std::vector<const char*> words{"sh", "-c", "export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$@\"", "sh"};
  if (geteuid() == 0) words.insert(words.end(), {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
  words.insert(words.end(), {kDaemon, "--foreground", "--config", readers.c_str(), nullptr});
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, socket_, kFirstPassedHandle);
  const int error = posix_spawn(&process_, "/bin/sh", &actions, nullptr, const_cast<char**>(words.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  require(error == 0, "pcscd does not start");
}

void PrivateDaemon::kill() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  if (socket_ >= 0) close(socket_);  // or else clients would wait here for an answer
  socket_ = -1;
  unlink(socket_path_.c_str());
}

}  // namespace pcscd_test
