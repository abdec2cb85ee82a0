#include "offline_cache/sealing/device_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/files.h"
#include "base/hex.h"
#include "offline_cache/digest.h"
#include "offline_cache/sealing/suite.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::size_t kLongestKeyFile = 256;  // bytes

std::string_view kind_of(int suite) { return suite == 1 ? "ed25519" : "sm2"; }

base::Error unusable(const fs::path& file, std::string_view why) {
  return {Failure::save_no_device_key, fmt::format("{}: {}", file.string(), why)};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

// Whole and on the disk, or not there.
base::Status write_private(const fs::path& file, std::string_view bytes) {
  const fs::path folder_path = file.parent_path();
  if (auto made = base::make_folder(folder_path); !made)  // the data folder, when it is this key that comes first
    return unusable(folder_path, made.error().detail);
  const fs::path aside = file.string() + ".new";
  const int descriptor = open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return unusable(aside, std::strerror(errno));
  const bool written = write_all(descriptor, bytes);
  close(descriptor);
  // link, unlike rename, does not replace a key that another process made meanwhile.
  if (!written || (link(aside.c_str(), file.c_str()) != 0 && errno != EEXIST)) return unusable(file, std::strerror(errno));
  unlink(aside.c_str());
  auto synced = base::sync_folder(folder_path);
  return synced ? base::Status() : unusable(folder_path, synced.error().detail);
}

base::Status create(const fs::path& file, const Suite& suite) {
  const auto secret = suite.make_signing_key();
  if (!secret) return unusable(file, "no key can be made");
  const std::string_view bytes = secret->reveal();
  std::string hex = base::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  std::string line = fmt::format("{} {}\n", kind_of(suite.number()), hex);
  auto written = write_private(file, line);
  base::wipe(hex);
  base::wipe(line);
  return written;
}

base::Result<base::Secret> read_secret(const fs::path& file, int suite) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) return unusable(file, std::strerror(errno));
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) return unusable(file, "others may read it; set its mode to 0600");
  auto text = base::read_file(file, kLongestKeyFile);
  if (!text) return unusable(file, "cannot be read");
  std::string_view line = *text;
  if (line.ends_with('\n')) line.remove_suffix(1);
  const std::string kind = fmt::format("{} ", kind_of(suite));
  auto bytes = line.starts_with(kind) ? base::from_hex(line.substr(kind.size())) : std::nullopt;
  base::wipe(*text);
  if (!bytes || bytes->size() != kSigningKeyBytes)
    return unusable(file, fmt::format("is not one line \"{} <64 hex digits>\"", kind_of(suite)));
  base::Secret secret(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  base::wipe(bytes->data(), bytes->size());
  return secret;
}

}  // namespace

DeviceKey::DeviceKey(const Suite& suite, base::Secret secret, std::string public_half)
    : suite_(&suite),
      secret_(std::move(secret)),
      public_half_(std::move(public_half)),
      id_(base::to_hex({sha256(public_half_).data(), 8})) {}

base::Result<DeviceKey> DeviceKey::load_or_create(const fs::path& file, int suite) {
  const Suite* known = find_suite(suite);
  if (known == nullptr) return unusable(file, "there is no such suite");
  std::error_code error;
  if (!fs::exists(fs::symlink_status(file, error)))
    if (auto made = create(file, *known); !made) return made.error();
  auto secret = read_secret(file, suite);
  if (!secret) return secret.error();
  auto public_half = known->public_half(*secret);
  if (!public_half) return unusable(file, "is no key");
  return DeviceKey(*known, *std::move(secret), *std::move(public_half));
}

fs::path DeviceKey::usual_place(const fs::path& data, int suite) {
  std::error_code error;
  if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY"))
    if (const fs::path given = fs::path(credentials) / "device.key"; fs::exists(given, error)) return given;
  return data / fmt::format("device.{}.key", kind_of(suite));
}

std::string DeviceKey::public_line() const {
  return fmt::format("{} {}", kind_of(suite_->number()),
                     base::to_hex({reinterpret_cast<const std::uint8_t*>(public_half_.data()), public_half_.size()}));
}

base::Result<std::string> DeviceKey::sign(std::string_view message) const {
  auto signature = suite_->sign(message, secret_);
  if (!signature) return base::Error{Failure::save_no_device_key, "signing failed"};
  return *std::move(signature);
}

}  // namespace offline_cache
