#include "gateway/office_key.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/files.h"
#include "base/hex.h"
#include "gateway/digest.h"
#include "gateway/durable_file.h"
#include "gateway/opening.h"
#include "gateway/timestamp.h"

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

std::string_view take_first_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::optional<OfficeKey> key_from(std::string_view file) {
  auto text = take_first_line(file);
  const int suite = text.starts_with(kSm2) ? 2 : 1;
  if (suite == 2) text.remove_prefix(kSm2.size());
  auto bytes = base::from_hex(text);
  if (!bytes || bytes->size() != kSecretKeyBytes) return std::nullopt;
  const base::Secret secret(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  base::wipe(bytes->data(), bytes->size());
  if (!public_key_of(suite, secret.reveal())) return std::nullopt;
  OfficeKey key(suite, secret.reveal());
  while (!file.empty())
    if (!key.take_line(take_first_line(file))) return std::nullopt;
  return key;
}

std::vector<fs::path> key_files_in(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator(); at.increment(error))
    if (at->path().extension() == ".key") files.push_back(at->path());
  std::sort(files.begin(), files.end());
  return files;
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
    return base::Error{
        Failure::config_invalid,
        fmt::format("{}: not an office key (64 hex digits expected, then at most not_before and not_after)", file.string())};
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

bool OfficeKey::take_line(std::string_view line) {
  constexpr std::string_view kNotBefore = "not_before ", kNotAfter = "not_after ";
  const bool before = line.starts_with(kNotBefore);
  if (!before && !line.starts_with(kNotAfter)) return false;
  line.remove_prefix(before ? kNotBefore.size() : kNotAfter.size());
  (before ? not_before_ : not_after_) = line;
  return is_timestamp(line);
}

fs::path office_key_file(const fs::path& data, int suite) { return data / (suite == 2 ? "office.sm2.key" : "office.key"); }

base::Result<OfficeKeys> load_office_keys(const fs::path& data, const fs::path& first) {
  std::vector<fs::path> files{first.empty() ? office_key_file(data, 1) : first};
  std::error_code error;
  if (fs::exists(office_key_file(data, 2), error)) files.push_back(office_key_file(data, 2));
  const auto next = key_files_in(data / "next"), retired = key_files_in(data / "retired");
  files.insert(files.end(), next.begin(), next.end());
  const std::size_t offered = files.size();
  if (offered > kMostOfferedKeys)
    return base::Error{Failure::config_invalid,
                       fmt::format("{}: more than {} keys are offered", data.string(), kMostOfferedKeys)};
  files.insert(files.end(), retired.begin(), retired.end());
  OfficeKeys keys;
  for (const auto& file : files) {
    auto key = OfficeKey::load(file);
    if (!key) return key.error();
    if (std::find(next.begin(), next.end(), file) != next.end() && key->not_before().empty())
      return base::Error{Failure::config_invalid, fmt::format("{}: it does not say not_before when it is used", file.string())};
    if (keys.size() >= offered) key->retire();
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
