#include "tests/offline_cache/crash/points.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "base/failpoint.h"

namespace crash {
namespace {

struct Order {
  std::string point;
  int arrivals_left = 0;
  std::function<bool()> act;
  bool acting = false;
};
Order order;

#ifndef NDEBUG
// What happens while a test looks at what it found passes the same points.
bool passed(const char* name) {
  if (order.acting || order.arrivals_left == 0 || order.point != name || --order.arrivals_left > 0) return false;
  order.acting = true;
  const bool fails = order.act();
  order.acting = false;
  return fails;
}
#endif

}  // namespace

Armed::Armed(std::string point, int arrival, std::function<bool()> act) {
  order = {std::move(point), arrival, std::move(act), false};
#ifndef NDEBUG
  base::failpoint = &passed;
#else
  throw std::logic_error("this build has no failpoints");
#endif
}

Armed::~Armed() {
#ifndef NDEBUG
  base::failpoint = nullptr;
#endif
  order = {};
}

bool Armed::reached() const { return order.arrivals_left == 0; }

Death die_at(const std::string& point, int arrival, const std::function<void(const std::function<void(char)>& say)>& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    const Armed armed(point, arrival, [] { return raise(SIGKILL) != 0; });
    work([&](char byte) {
      if (::write(ends[1], &byte, 1) != 1) _exit(2);
    });
    _exit(0);
  }
  ::close(ends[1]);
  Death death;
  char buffer[512];
  for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) death.said.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {}
  death.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  if (!death.killed && status != 0) throw std::runtime_error("the child ended by itself, and not well");
  return death;
}

}  // namespace crash
