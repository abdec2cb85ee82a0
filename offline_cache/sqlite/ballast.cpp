#include "offline_cache/sqlite/ballast.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "base/failpoint.h"
#include "base/file_descriptor.h"

namespace offline_cache {

using base::Failure;

bool Ballast::present() const {
  std::error_code error;
  const auto size = std::filesystem::file_size(file_, error);
  return !error && size >= static_cast<std::uintmax_t>(bytes_);
}

bool Ballast::room_beside() const {
  std::error_code error;
  const auto space = std::filesystem::space(file_.parent_path(), error);
  return !error && space.available >= static_cast<std::uintmax_t>(kRoomForIntake);
}

base::Status Ballast::restore() {
  if (present()) return {};
  std::error_code error;
  const auto space = std::filesystem::space(file_.parent_path(), error);
  if (error || space.available < static_cast<std::uintmax_t>(bytes_ + bytes_ / 2))
    return base::Error{Failure::save_disk_full, "no room for the ballast"};
  const base::FileDescriptor file(open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.valid() && posix_fallocate(file.get(), 0, bytes_) == 0) {
    LINLI_FAILPOINT("ballast-restored");
    return {};
  }
  std::filesystem::remove(file_, error);
  return base::Error{Failure::save_disk_full, "the ballast could not be written"};
}

bool Ballast::release() {
  std::error_code error;
  const bool gave = std::filesystem::remove(file_, error) && !error;
  LINLI_CRASHPOINT("ballast-released");
  return gave;
}

}  // namespace offline_cache
