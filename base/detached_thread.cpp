#include "base/detached_thread.h"

#include <system_error>
#include <thread>
#include <utility>

namespace base {

bool run_detached(std::function<void()> work) {
  try {
    std::thread(std::move(work)).detach();
    return true;
  } catch (const std::system_error&) { return false; }
}

}  // namespace base
