// libusb's context of this process when the machine has nothing left to give.
#include "hal/transport/usb/usb_context.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>
#include <system_error>

#include "tests/hal/usb/usb_gadget.h"

namespace {

void open_to_everybody(const usb_test::Bus& bus) {
  const std::unique_ptr<char, decltype(&g_free)> root(umockdev_testbed_get_root_dir(bus.testbed()), g_free);
  std::filesystem::permissions(root.get(), std::filesystem::perms::all);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root.get()))
    if (!entry.is_symlink()) std::filesystem::permissions(entry, std::filesystem::perms::all);
}

enum Outcome : int { left_nothing, left_something, not_refused, failed };

// Of a process whose account may have so many threads: it gets to know in its constructor, or not.
Outcome outcome_with(rlim_t threads) {
  constexpr uid_t kAccount = 54321;
  const auto open_files = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
  };
  const pid_t child = fork();
  if (child == 0) {
    const rlimit limit{threads, threads};
    const auto before = open_files();
    if (setrlimit(RLIMIT_NPROC, &limit) != 0 || setuid(kAccount) != 0) std::_Exit(failed);
    try {
      const auto context = hal::UsbContext::shared();
      std::_Exit(not_refused);
    } catch (const std::system_error&) { std::_Exit(open_files() == before ? left_nothing : left_something); }
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) ? static_cast<Outcome>(WEXITSTATUS(status)) : failed;
}

// libusb has a thread of its own, for which there has to be one.
TEST(AUsbContext, that_is_refused_its_thread_leaves_nothing_open) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer allows no thread after a fork";
#endif
  if (geteuid() != 0) GTEST_SKIP() << "only root can be an account of which nothing runs";
  usb_test::Bus bus;
  open_to_everybody(bus);
  int refused = 0;
  for (rlim_t threads = 1; threads <= 6; ++threads) {
    const Outcome outcome = outcome_with(threads);
    EXPECT_TRUE(outcome == left_nothing || outcome == not_refused) << threads << ": " << outcome;
    if (outcome == left_nothing) ++refused;
  }
  EXPECT_EQ(refused, 1);
}

}  // namespace
