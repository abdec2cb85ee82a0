#include "gateway/app/stop_signal.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace gateway {
namespace {

int block_and_watch() {
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTERM);
  sigaddset(&stopping, SIGINT);
  if (sigprocmask(SIG_BLOCK, &stopping, nullptr) != 0) return -1;
  return signalfd(-1, &stopping, SFD_CLOEXEC | SFD_NONBLOCK);
}

}  // namespace

StopSignal::StopSignal() : descriptor_(block_and_watch()) {}

StopSignal::~StopSignal() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace gateway
