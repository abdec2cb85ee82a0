#include "base/remains.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <array>
#include <cstdint>

#include "base/secret.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
#define LINLI_PLAIN_STACK __attribute__((noinline, no_sanitize("address")))
#else
#define LINLI_PLAIN_STACK __attribute__((noinline))
#endif

namespace base {
namespace {

constexpr std::uintptr_t kPage = 4096;  // bytes; a multiple of it is as good
constexpr std::size_t kNear = 4 * kPage;

// The lowest address that this thread's stack may have; 0 when it is not known.
std::uintptr_t lowest_of_stack() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* lowest = nullptr;
  std::size_t size = 0;
  const bool known = pthread_attr_getstack(&attributes, &lowest, &size) == 0;
  pthread_attr_destroy(&attributes);
  return known ? reinterpret_cast<std::uintptr_t>(lowest) : 0;  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

// The pages that are still used by the calls under way lie above the ones given.
LINLI_PLAIN_STACK void wipe_near() {
  std::array<char, kNear> dead;  // NOLINT(cppcoreguidelines-pro-type-member-init): what stands there is the point
  wipe(dead.data(), dead.size());
}

// Whole pages go back to the system, which gives them out as zeros.
LINLI_PLAIN_STACK void drop_far(std::uintptr_t lowest) {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));  // NOLINT: an address, as a number
  const std::uintptr_t end = (here - kNear / 2) / kPage * kPage;
  // NOLINTNEXTLINE(performance-no-int-to-ptr, cppcoreguidelines-pro-type-reinterpret-cast)
  if (lowest != 0 && lowest < end) madvise(reinterpret_cast<void*>(lowest), end - lowest, MADV_DONTNEED);
}

}  // namespace

void forbid_dumps() {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  prctl(PR_SET_DUMPABLE, 0);
}

LINLI_PLAIN_STACK void forget_dead_stack() {
  thread_local const std::uintptr_t lowest = lowest_of_stack();
  drop_far(lowest);
  wipe_near();
}

}  // namespace base
