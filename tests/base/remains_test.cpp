#include "base/remains.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <atomic>
#include <cstring>
#include <string_view>
#include <thread>

namespace {

constexpr std::string_view kName = "王秀兰 000000194103081240";

__attribute__((noinline)) const char* leave_a_name(std::size_t depth) {
  std::array<char, 4096> room{};
  std::memcpy(room.data(), kName.data(), kName.size());
  std::atomic_signal_fence(std::memory_order_seq_cst);
  const char* volatile lies_at = room.data();
  const char* deepest = depth == 0 ? lies_at : leave_a_name(depth - 1);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  return deepest;
}

// Reads below the live stack on purpose.
__attribute__((noinline, no_sanitize("address"))) bool still_there(const char* place) {
  for (std::size_t i = 0; i < kName.size(); ++i)
    if (reinterpret_cast<const volatile char*>(place)[i] != kName[i]) return false;
  return true;
}

void expect_forgotten() {
  for (const std::size_t depth : {1U, 3U, 30U}) {
    const char* place = leave_a_name(depth);
    EXPECT_TRUE(depth == 1 || still_there(place)) << "nothing was left at " << depth;
    base::forget_dead_stack();
    EXPECT_FALSE(still_there(place)) << depth;
  }
}

TEST(ADeadStack, is_forgotten_near_and_far) { expect_forgotten(); }

TEST(ADeadStack, is_forgotten_on_every_thread) { std::thread(expect_forgotten).join(); }

TEST(AProcess, that_forbids_dumps_writes_no_image_of_its_memory) {
  EXPECT_EXIT(
      {
        base::forbid_dumps();
        rlimit core{};
        getrlimit(RLIMIT_CORE, &core);
        _exit(core.rlim_max == 0 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
