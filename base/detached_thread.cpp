#include "base/detached_thread.h"

#include <pthread.h>

#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

namespace base {
namespace {

void without_signals(const std::function<void()>& work) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  work();
}

}  // namespace

bool run_detached(std::function<void()> work) {
  try {
    std::thread(without_signals, std::move(work)).detach();
    return true;
  } catch (const std::system_error&) { return false; }
}

}  // namespace base
