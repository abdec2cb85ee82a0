#include "kiosk/app/kept_key.h"

#include <sys/mman.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <optional>
#include <string_view>

#include "base/file_descriptor.h"

namespace kiosk {
namespace {

using offline_cache::ChainKey;

constexpr const char* kName = "linli-chain-key";
constexpr const char* kKeepIt = "FDSTORE=1\nFDNAME=linli-chain-key";

std::optional<ChainKey> given_back() {
  char** names = nullptr;
  const int count = sd_listen_fds_with_names(0, &names);
  std::optional<ChainKey> found;
  for (int i = 0; i < count; ++i) {
    const base::FileDescriptor file(SD_LISTEN_FDS_START + i);
    ChainKey key{};
    const bool whole = pread(file.get(), key.data(), key.size(), 0) == static_cast<ssize_t>(key.size());
    if (whole && std::string_view(names[i]) == kName) found = key;
    std::free(names[i]);
  }
  std::free(names);
  return found;
}

void keep(const ChainKey& key) {
  const base::FileDescriptor file(memfd_create(kName, MFD_CLOEXEC));
  const int number = file.get();
  if (write(number, key.data(), key.size()) == static_cast<ssize_t>(key.size()))
    sd_pid_notify_with_fds(0, 0, kKeepIt, &number, 1);
}

}  // namespace

ChainKey kept_chain_key(base::Random& random) {
  if (const auto kept = given_back()) return *kept;
  ChainKey key{};
  random.fill(key);
  keep(key);
  return key;
}

}  // namespace kiosk
