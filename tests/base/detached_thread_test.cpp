#include "base/detached_thread.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <future>
#include <memory>

#include "base/file_descriptor.h"

namespace {

TEST(ADetachedThread, is_told_that_nobody_reads_and_does_not_end_the_program) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  auto writer = std::make_shared<base::FileDescriptor>(ends[1]);
  auto error = std::make_shared<std::promise<int>>();
  auto told = error->get_future();
  ASSERT_TRUE(base::run_detached([writer, error] {
    const bool written = write(writer->get(), "x", 1) == 1;
    error->set_value(written ? 0 : errno);
  }));
  EXPECT_EQ(told.get(), EPIPE);
}

}  // namespace
