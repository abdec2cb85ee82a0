#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/files.h"
#include "tests/gateway/running_gateway.h"

namespace gateway_test {
namespace {

// All memory of a process that it may write: heap, stacks, data.
std::string memory_of(pid_t process) {
  std::string all;
  std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
  const int memory = open(("/proc/" + std::to_string(process) + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  for (std::string line; std::getline(maps, line);) {
    unsigned long from = 0, to = 0;
    char rights[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, rights) != 3 || rights[1] != 'w') continue;
    if (to - from > (256UL << 20U)) continue;  // a sanitizer's shadow
    std::string region(to - from, '\0');
    const ssize_t size = pread(memory, region.data(), region.size(), static_cast<off_t>(from));
    if (size > 0) all.append(region, 0, static_cast<std::size_t>(size));
  }
  close(memory);
  return all;
}

class ASecret : public ARunningGateway {
 protected:
  const std::vector<std::string> personal{"王秀兰", "000000194102030021", "19410203", "虚构省样例市和平里3号楼2单元501"};
  Sent private_application(unsigned n) const {
    auto made = maker(n);
    made.application["applicant"]["address"] = personal.back();
    return put(n, made.make());
  }
};

TEST_F(ASecret, is_gone_from_memory_once_the_application_is_stored) {
  for (unsigned n = 1; n <= 5; ++n) ASSERT_EQ(request(private_application(n)).status, 201);
  auto refused = maker(9);
  refused.application["service"]["id"] = "passport";
  ASSERT_EQ(request(put(9, refused.make())).status, 404);
  const std::string memory = memory_of(gateway->process());
  if (memory.empty()) GTEST_SKIP() << "this machine lets nobody read the memory of a process (ptrace_scope, or not root)";
  ASSERT_NE(memory.find(application_id(1)), std::string::npos) << "the memory of the server was not read";
  for (const auto& secret : personal) EXPECT_EQ(memory.find(secret), std::string::npos) << secret;
}

TEST_F(ASecret, is_neither_on_the_disk_nor_in_the_log) {
  ASSERT_EQ(request(private_application(1)).status, 201);
  kill_it();  // the write-ahead log is still there
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = *base::read_file(entry.path());
    for (const auto& secret : personal) EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace gateway_test
