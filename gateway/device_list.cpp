#include "gateway/device_list.h"

#include "base/files.h"
#include "base/hex.h"
#include "gateway/digest.h"
#include "gateway/opening.h"

namespace gateway {
namespace {

constexpr std::size_t kLongestList = 4096;  // bytes

std::optional<std::string> key_in(std::string_view line, int suite) {
  const std::string_view kind = suite == 1 ? "ed25519 " : "sm2 ";
  if (!line.starts_with(kind)) return std::nullopt;
  const auto bytes = base::from_hex(line.substr(kind.size()));
  if (!bytes || bytes->size() != public_key_bytes(suite)) return std::nullopt;
  return std::string(bytes->begin(), bytes->end());
}

}  // namespace

std::optional<std::string> DeviceList::public_key(std::string_view terminal, int suite, std::string_view id) const {
  const auto list = base::read_file(folder_ / (std::string(terminal) + ".pub"), kLongestList);
  if (!list) return std::nullopt;
  std::string_view left = *list;
  while (!left.empty()) {
    const auto line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    const auto key = key_in(line, suite);
    if (key && base::to_hex(sha256(*key)).starts_with(id)) return key;
  }
  return std::nullopt;
}

}  // namespace gateway
