#include "base/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace base {

void keep_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // The lowest free number is the one given, so this ends at the first that is none of the three.
  int opened = STDIN_FILENO;
  while (opened >= 0 && opened <= STDERR_FILENO) opened = open("/dev/null", O_RDWR);
  if (opened >= 0) close(opened);
}

}  // namespace base
