// A real CUPS scheduler of our own, in a temporary folder, without privileges: one queue that keeps what it was given.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/file_descriptor.h"
#include "hal/printer/ipp/program.h"

class CupsScheduler {
 public:
  CupsScheduler() {
    std::string name = std::filesystem::temp_directory_path() / "linli-cups-XXXXXX";
    folder_ = mkdtemp(name.data());
    for (const auto* part : {"etc", "spool", "cache", "run", "tmp"}) std::filesystem::create_directory(folder_ / part);
    std::ofstream(folder_ / "etc/cupsd.conf")
        << "Listen " << socket() << "\nBrowsing No\nDefaultAuthType None\nWebInterface No\n"
        << "PreserveJobFiles Yes\nPreserveJobHistory Yes\n<Location />\nOrder allow,deny\n"
        << "Allow all\n</Location>\n<Policy default>\nJobPrivateAccess all\n"
        << "JobPrivateValues none\nSubscriptionPrivateAccess all\n"
        << "SubscriptionPrivateValues none\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n";
    std::ofstream files(folder_ / "etc/cups-files.conf");
    const std::pair<const char*, const char*> places[] = {
        {"ServerRoot", "etc"}, {"RequestRoot", "spool"}, {"CacheDir", "cache"},  {"StateDir", "run"},
        {"TempDir", "tmp"},    {"AccessLog", "access"},  {"ErrorLog", "errors"}, {"PageLog", "pages"}};
    for (const auto& [key, place] : places) files << key << ' ' << (folder_ / place).string() << '\n';
    files << "FileDevice Yes\nSystemGroup root\n";
    files.close();
    // It listens soon after its socket is there.
    const base::FileDescriptor watch(inotify_init1(IN_CLOEXEC));
    inotify_add_watch(watch.get(), (folder_ / "run").c_str(), IN_CREATE | IN_MOVED_TO);
    start();
    alignas(inotify_event) char events[4096];
    pollfd ready{watch.get(), POLLIN, 0};
    while (!std::filesystem::exists(socket()) && poll(&ready, 1, 20'000) > 0) (void)!read(watch.get(), events, sizeof events);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!lpadmin({"-p", "forms", "-v", "file:///dev/null", "-m", "raw", "-E"}))
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("cupsd takes no queue");
  }
  ~CupsScheduler() {
    stop();
    std::filesystem::remove_all(folder_);
  }

  std::string socket() const { return folder_ / "run/cups.sock"; }
  bool lpadmin(std::vector<std::string> options) const { return run("/usr/sbin/lpadmin", std::move(options)); }
  bool run(const std::string& program, std::vector<std::string> options) const {
    options.insert(options.begin(), {program, "-h", socket()});
    return hal::run_program(options, {}, std::chrono::seconds{20}, -1).exit_code == 0;
  }
  void stop() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(std::exchange(pid_, -1), nullptr, 0);
  }
  void freeze() const { kill(pid_, SIGSTOP); }

  // The documents it took, in order.
  std::vector<std::string> documents() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "spool"))
      if (entry.path().filename().string().starts_with('d')) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> found;
    for (const auto& path : files) {
      std::ostringstream bytes;
      bytes << std::ifstream(path, std::ios::binary).rdbuf();
      found.push_back(bytes.str());
    }
    return found;
  }

 private:
  void start() {
    const std::string configuration = folder_ / "etc/cupsd.conf", files = folder_ / "etc/cups-files.conf";
    pid_ = fork();
    if (pid_ != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execl("/usr/sbin/cupsd", "cupsd", "-f", "-c", configuration.c_str(), "-s", files.c_str(), nullptr);
    _exit(127);
  }

  std::filesystem::path folder_;
  pid_t pid_ = -1;
};
