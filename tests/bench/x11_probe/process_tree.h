// A started program with everything it starts, and what they cost, from /proc.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace bench {

struct Usage {
  std::chrono::nanoseconds cpu{0};  // on a processor, all threads
  std::uint64_t wake_ups = 0;       // voluntary context switches: times a thread went to wait
};

// At most one program runs at a time. Orphans stay ours (this process becomes their subreaper), so nothing the program
// leaves behind, such as a crash handler, is missed or survives.
class ProcessTree {
 public:
  ProcessTree();
  ~ProcessTree() { stop(); }
  ProcessTree(const ProcessTree&) = delete;
  ProcessTree& operator=(const ProcessTree&) = delete;

  // Its output goes to log. False when it cannot be started.
  bool start(const std::vector<std::string>& command, const std::string& log);
  // False when the program has ended by itself.
  bool running() const;
  // Asks it to end, then insists after three seconds; returns when nothing of it is left.
  void stop();

  std::size_t processes() const { return pids().size(); }
  // Proportional set size of all processes.
  std::uint64_t pss_kib() const;
  Usage usage() const;
  // Files any of the processes maps: programs, libraries, fonts.
  std::set<std::string> mapped_files() const;

 private:
  std::vector<pid_t> pids() const;

  pid_t child_ = -1;
};

// Drops these files from the page cache, as far as nobody else maps them.
void forget_cached(const std::set<std::string>& files);

}  // namespace bench
