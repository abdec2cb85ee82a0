#include "gateway/office_key.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/files.h"
#include "base/hex.h"
#include "base/secret.h"
#include "gateway/digest.h"
#include "gateway/durable_file.h"

namespace gateway {
namespace {

using base::Failure;

constexpr std::size_t kLongestKeyFile = 4096;  // bytes
constexpr std::size_t kIdDigits = 16;

bool others_may_read(const std::filesystem::path& file) {
  struct stat status {};
  return stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

std::optional<OfficeKey::Bytes> secret_from(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto bytes = base::from_hex(text);
  OfficeKey::Bytes secret{};
  if (!bytes || bytes->size() != secret.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), secret.begin());
  base::wipe(bytes->data(), bytes->size());
  return secret;
}

base::Status create(const std::filesystem::path& file) {
  OfficeKey::Bytes secret{};
  randombytes_buf(secret.data(), secret.size());
  std::string text = base::to_hex(secret) + "\n";
  auto written = create_private_file(file, text);
  base::wipe(text);
  base::wipe(secret.data(), secret.size());
  return written;
}

}  // namespace

OfficeKey::OfficeKey(const Bytes& secret) : secret_(secret) {
  static_assert(std::tuple_size_v<Bytes> == crypto_box_SECRETKEYBYTES && std::tuple_size_v<Bytes> == crypto_box_PUBLICKEYBYTES);
  crypto_scalarmult_base(public_.data(), secret_.data());
  const Digest digest = sha256({reinterpret_cast<const char*>(public_.data()), public_.size()});
  id_ = base::to_hex(digest).substr(0, kIdDigits);
}

OfficeKey::~OfficeKey() { base::wipe(secret_.data(), secret_.size()); }

OfficeKey::OfficeKey(OfficeKey&& other) noexcept : secret_(other.secret_), public_(other.public_), id_(std::move(other.id_)) {
  base::wipe(other.secret_.data(), other.secret_.size());
}

base::Result<OfficeKey> OfficeKey::load(const std::filesystem::path& file) {
  auto text = base::read_file(file, kLongestKeyFile);
  if (!text)
    return base::Error{Failure::config_unreadable,
                       fmt::format("there is no office key: {} (make one with: linli-gateway keys)", text.error().detail)};
  if (others_may_read(file))
    return base::Error{Failure::config_invalid,
                       fmt::format("{}: others may read the office key; set its mode to 0600", file.string())};
  auto secret = secret_from(*text);
  base::wipe(*text);
  if (!secret)
    return base::Error{Failure::config_invalid, fmt::format("{}: not an office key (64 hex digits expected)", file.string())};
  OfficeKey key(*secret);
  base::wipe(secret->data(), secret->size());
  return key;
}

base::Result<OfficeKey> OfficeKey::load_or_create(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error)))
    if (auto made = create(file); !made) return made.error();
  return load(file);
}

std::string OfficeKey::public_hex() const { return base::to_hex(public_); }

std::optional<std::string> OfficeKey::open(std::string_view sealed) const {
  if (sealed.size() < crypto_box_SEALBYTES) return std::nullopt;
  std::string plaintext(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(plaintext.data()),
                           reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(), public_.data(),
                           secret_.data()) != 0)
    return std::nullopt;
  return plaintext;
}

}  // namespace gateway
