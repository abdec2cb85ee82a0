#include "base/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <string>
#include <utility>

#include "base/standard_streams.h"

namespace {

struct ErrorPipe {
  ErrorPipe() { EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0); }
  ~ErrorPipe() {
    for (const int end : ends) close(end);
  }
  std::array<int, 2> ends{};  // to read, to write
};

// How a child process ends that does this.
int ended(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);  // a child that waits for a reader ends by this
    work();
    _exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

std::string taken_from(int end) {
  std::string all(1U << 20U, 0);
  const auto size = read(end, all.data(), all.size());
  all.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return all;
}

TEST(ALog, waits_for_no_reader_of_standard_error) {
  const ErrorPipe pipe;
  const int status = ended([&] {
    dup2(pipe.ends[1], STDERR_FILENO);
    for (int i = 0; i < 5000; ++i) base::log::warning("line {}", i);
  });
  EXPECT_EQ(status, 0);
  const auto text = taken_from(pipe.ends[0]);
  EXPECT_NE(text.find("line 0\n"), std::string::npos);
  EXPECT_EQ(text.find("line 4999\n"), std::string::npos) << "the pipe was never full";
}

TEST(ALog, says_how_many_lines_nobody_took) {
  const ErrorPipe pipe;
  std::string after;
  EXPECT_EQ(ended([&] {
              dup2(pipe.ends[1], STDERR_FILENO);
              for (int i = 0; i < 5000; ++i) base::log::warning("line {}", i);
              taken_from(pipe.ends[0]);
              base::log::warning("somebody reads again");
              const auto said = taken_from(pipe.ends[0]);
              const bool counted = said.find("lines before this one were lost") != std::string::npos;
              _exit(counted && said.find("somebody reads again") != std::string::npos ? 0 : 1);
            }),
            0);
}

TEST(ALog, outlives_its_reader) {
  ErrorPipe pipe;
  close(std::exchange(pipe.ends[0], -1));
  const int status = ended([&] {
    base::keep_standard_streams();
    dup2(pipe.ends[1], STDERR_FILENO);
    base::log::warning("nobody hears this");
  });
  EXPECT_EQ(status, 0);
}

TEST(StandardStreams, that_are_closed_lend_their_numbers_to_no_file) {
  const int status = ended([] {
    close(STDIN_FILENO);
    close(STDERR_FILENO);
    base::keep_standard_streams();
    const int file = open("/proc/self/stat", O_RDONLY);
    _exit(file > STDERR_FILENO && fcntl(STDERR_FILENO, F_GETFD) >= 0 && fcntl(STDIN_FILENO, F_GETFD) >= 0 ? 0 : 1);
  });
  EXPECT_EQ(status, 0);
}

}  // namespace
