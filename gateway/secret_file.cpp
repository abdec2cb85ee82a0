#include "gateway/secret_file.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/hex.h"
#include "gateway/durable_file.h"
#include "gateway/opening.h"

namespace gateway {
namespace {

constexpr std::size_t kLongestSecretFile = 4096;  // bytes
constexpr std::size_t kSecretBytes = 32;

base::Status create_secret(const std::filesystem::path& file) {
  std::string secret = make_secret_key(1);  // 32 random bytes
  std::string text = base::to_hex({reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size()}) + "\n";
  base::wipe(secret);
  auto written = create_private_file(file, text);
  base::wipe(text);
  return written;
}

}  // namespace

base::Result<base::Secret> load_or_create_secret(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error)))
    if (auto made = create_secret(file); !made) return made.error();
  auto text = base::read_file(file, kLongestSecretFile);
  if (!text) return text.error();
  auto bytes = base::from_hex(std::string_view(*text).substr(0, text->find('\n')));
  base::wipe(*text);
  if (!bytes || bytes->size() != kSecretBytes)
    return base::Error{base::Failure::config_invalid, fmt::format("{}: not a key (64 hex digits expected)", file.string())};
  base::Secret secret(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  base::wipe(bytes->data(), bytes->size());
  return secret;
}

}  // namespace gateway
