#include "gateway/office_key.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/files.h"
#include "base/hex.h"
#include "gateway/digest.h"
#include "gateway/durable_file.h"
#include "gateway/opening.h"

namespace gateway {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::size_t kLongestKeyFile = 4096;  // bytes
constexpr std::size_t kIdDigits = 16;
constexpr std::string_view kSm2 = "sm2 ";

std::string hex_of(std::string_view bytes) {
  return base::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

bool others_may_read(const fs::path& file) {
  struct stat status {};
  return stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

std::optional<OfficeKey> key_from(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  const int suite = text.starts_with(kSm2) ? 2 : 1;
  if (suite == 2) text.remove_prefix(kSm2.size());
  auto bytes = base::from_hex(text);
  if (!bytes || bytes->size() != kSecretKeyBytes) return std::nullopt;
  const base::Secret secret(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  base::wipe(bytes->data(), bytes->size());
  if (!public_key_of(suite, secret.reveal())) return std::nullopt;
  return OfficeKey(suite, secret.reveal());
}

base::Status create(const fs::path& file, int suite) {
  std::string secret = make_secret_key(suite);
  if (secret.empty()) return base::Error{Failure::internal, "no key can be made"};
  std::string text = (suite == 2 ? std::string(kSm2) : std::string()) + hex_of(secret) + "\n";
  base::wipe(secret);
  auto written = create_private_file(file, text);
  base::wipe(text);
  return written;
}

}  // namespace

OfficeKey::OfficeKey(int suite, std::string_view secret)
    : suite_(suite),
      secret_(secret),
      public_(public_key_of(suite, secret).value_or("")),
      id_(base::to_hex(sha256(public_)).substr(0, kIdDigits)) {}

base::Result<OfficeKey> OfficeKey::load(const fs::path& file) {
  auto text = base::read_file(file, kLongestKeyFile);
  if (!text)
    return base::Error{Failure::config_unreadable,
                       fmt::format("there is no office key: {} (make one with: linli-gateway keys)", text.error().detail)};
  if (others_may_read(file))
    return base::Error{Failure::config_invalid,
                       fmt::format("{}: others may read the office key; set its mode to 0600", file.string())};
  auto key = key_from(*text);
  base::wipe(*text);
  if (!key)
    return base::Error{Failure::config_invalid, fmt::format("{}: not an office key (64 hex digits expected)", file.string())};
  return *std::move(key);
}

base::Result<OfficeKey> OfficeKey::load_or_create(const fs::path& file, int suite) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(file, error)))
    if (auto made = create(file, suite); !made) return made.error();
  return load(file);
}

std::string OfficeKey::public_hex() const { return hex_of(public_); }

std::optional<std::string> OfficeKey::open(std::string_view sealed) const {
  return open_sealed(suite_, sealed, secret_.reveal(), public_);
}

fs::path office_key_file(const fs::path& data, int suite) { return data / (suite == 2 ? "office.sm2.key" : "office.key"); }

base::Result<OfficeKeys> load_office_keys(const fs::path& data, const fs::path& first) {
  std::vector<fs::path> files{first.empty() ? office_key_file(data, 1) : first};
  std::error_code error;
  if (fs::exists(office_key_file(data, 2), error)) files.push_back(office_key_file(data, 2));
  std::vector<fs::path> retired;
  for (fs::directory_iterator at(data / "retired", error); !error && at != fs::directory_iterator(); at.increment(error))
    if (at->path().extension() == ".key") retired.push_back(at->path());
  std::sort(retired.begin(), retired.end());
  files.insert(files.end(), retired.begin(), retired.end());
  OfficeKeys keys;
  for (const auto& file : files) {
    auto key = OfficeKey::load(file);
    if (!key) return key.error();
    keys.push_back(*std::move(key));
  }
  return keys;
}

const OfficeKey* find_key(const OfficeKeys& keys, int suite, std::string_view id) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const OfficeKey& key) { return key.suite() == suite && key.id() == id; });
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace gateway
