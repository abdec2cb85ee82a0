// A network that loses three segments of ten and carries 500 bytes at a time: in a network namespace of its own, with the
// kernel's packet filter, the real courier and a platform that is a process.
#include <gtest/gtest.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

#include "base/file_descriptor.h"
#include "base/files.h"
#include "base/log.h"
#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

constexpr int kMtu = 500;
constexpr int kSent = 10;
constexpr int kWithTwoAttachments = 2;  // of those
constexpr std::size_t kSizes[] = {900, 4000};
constexpr auto kUntilAllArrive = 90s;
constexpr int kNotAllowedHere = 77;

// A network namespace whose loopback is the bad network; for a process that has no threads and never comes back out of it.
class LossyNetwork {
 public:
  // False when this machine does not allow it.
  static bool enter() {
    const uid_t user = getuid();
    if (unshare(CLONE_NEWNET) != 0 && (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 || !become_root(user))) return false;
    return raise_loopback() && std::system(kLoseThreeOfTen) == 0;
  }
  static long dropped() { return number_behind("/usr/sbin/nft list table netdev lossy", "counter packets "); }
  // Segments that came before one that was sent earlier.
  static long out_of_order() {
    std::ifstream counters("/proc/self/net/netstat");
    std::string names, values, name, value;
    std::getline(counters, names);
    std::getline(counters, values);
    std::istringstream name_words(names), value_words(values);
    while (name_words >> name && value_words >> value)
      if (name == "TCPOFOQueue") return std::stol(value);
    return -1;
  }

 private:
  static constexpr const char* kLoseThreeOfTen =
      "exec /usr/sbin/nft 'add table netdev lossy; "
      "add chain netdev lossy in { type filter hook ingress device lo priority 0; }; "
      "add rule netdev lossy in meta l4proto tcp numgen random mod 100 < 30 counter drop' 2>/dev/null";

  static bool become_root(uid_t user) { return base::write_file("/proc/self/uid_map", fmt::format("0 {} 1", user)).ok(); }
  static bool raise_loopback() {
    const base::FileDescriptor any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_mtu = kMtu;
    if (ioctl(any.get(), SIOCSIFMTU, &loopback) != 0) return false;
    // Else what the filter sees, and loses, are not segments but whole writes.
    ethtool_value whole_writes{ETHTOOL_STSO, 0};
    loopback.ifr_data = reinterpret_cast<char*>(&whole_writes);
    if (ioctl(any.get(), SIOCETHTOOL, &loopback) != 0) return false;
    whole_writes.cmd = ETHTOOL_SGSO;
    if (ioctl(any.get(), SIOCETHTOOL, &loopback) != 0) return false;
    loopback.ifr_flags = IFF_UP | IFF_RUNNING;
    return ioctl(any.get(), SIOCSIFFLAGS, &loopback) == 0;
  }
  static long number_behind(const char* command, std::string_view words) {
    std::string said(4096, '\0');
    FILE* const output = popen(command, "r");
    if (output == nullptr) return -1;
    said.resize(fread(said.data(), 1, said.size(), output));
    pclose(output);
    const auto at = said.find(words);
    return at == std::string::npos ? -1 : std::stol(said.substr(at + words.size()));
  }
};

// Somebody presses "send now" while nothing comes: back-off is not what is tried here.
std::set<std::string> numbers_received(Hall& hall) {
  std::set<std::string> numbers;
  const auto end = hall.clock.now() + kUntilAllArrive;
  while (numbers.size() < kSent && hall.clock.now() < end) {
    const auto event = hall.events.take_for(300ms);
    if (!event) hall.courier->send_now();
    const auto* received = event ? std::get_if<Received>(&*event) : nullptr;
    EXPECT_TRUE(received == nullptr || numbers.insert(received->number).second) << "a number was given twice";
  }
  return numbers;
}

void send_all_through_it() {
  Hall hall;
  hall.configuration.http = {.connect = 10s, .total = 30s, .stalled = 10s, .slowest = 16};
  hall.open();
  for (int i = 0; i < kSent; ++i) {
    Submission submission{hall.ids.next(), base::Secret(kApplication)};
    if (i < kWithTwoAttachments)
      for (const std::size_t size : kSizes)
        submission.attachments.push_back({"bill", "image/jpeg", base::Secret(std::string(size, 'J'))});
    hall.courier->submit(std::move(submission));
  }
  EXPECT_EQ(numbers_received(hall).size(), static_cast<std::size_t>(kSent)) << "something was lost";
  EXPECT_EQ(hall.server.opened().size(), static_cast<std::size_t>(kSent)) << "something has two effects";
  EXPECT_EQ(hall.server.accepted().size(), static_cast<std::size_t>(kSent));
  EXPECT_EQ(hall.server.parts().size(), kWithTwoAttachments * std::size(kSizes));
  EXPECT_EQ(hall.server.conflicts(), 0) << "the same id never comes with other bytes";
  const long dropped = LossyNetwork::dropped(), out_of_order = LossyNetwork::out_of_order();
  EXPECT_GT(dropped, 0) << "nothing was lost on the way: this proves nothing";
  EXPECT_GT(out_of_order, 0) << "everything came in its order: this proves too little";
  std::printf("proof: %d applications, %ld segments lost, %ld out of order, MTU %d: one effect each\n", kSent, dropped,
              out_of_order, kMtu);
}

TEST(ALossyNetwork, loses_and_doubles_nothing) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    if (!LossyNetwork::enter()) _exit(kNotAllowedHere);
    base::log::quiet();
    send_all_through_it();
    std::fflush(stdout);
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {}
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotAllowedHere) {
    fmt::print(stderr, "\n*** no network namespace with nftables here: the lossy network did NOT run ***\n\n");
    GTEST_SKIP() << "no network namespace, or no nft";
  }
  EXPECT_EQ(status, 0);
}

}  // namespace
