#include "offline_cache/sqlite/boot_id.h"

#include <fstream>

namespace offline_cache {

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  return std::getline(file, id) && !id.empty() ? id : "unknown";
}

}  // namespace offline_cache
