#include "kiosk/app/staff_pin.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/files.h"
#include "base/log.h"

namespace kiosk {
namespace {

constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemory = std::size_t{16} * 1024 * 1024;  // bytes: the machine is small and has other things to do
constexpr std::size_t kLongestFile = 64;                        // bytes
constexpr int kMostDoublings = 10;

bool sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

}  // namespace

StaffPin::StaffPin(std::string hash, std::filesystem::path file, const base::Clock& clock)
    : hash_(std::move(hash)), file_(std::move(file)), clock_(clock) {}

base::Result<std::string> StaffPin::hash_pin(const base::Secret& pin) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const auto text = pin.reveal();
  if (!sodium_ready() ||
      crypto_pwhash_str_alg(hash.data(), text.data(), text.size(), kPasses, kMemory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return base::Error{base::Failure::internal, "the PIN could not be hashed"};
  return std::string(hash.data());
}

StaffPinChecked StaffPin::check(const base::Secret& pin) {
  Tries tries = read();
  if (const auto locked = locked_for(tries); locked.count() > 0) return {false, locked};
  const auto text = pin.reveal();
  if (sodium_ready() && crypto_pwhash_str_verify(hash_.c_str(), text.data(), text.size()) == 0) {
    write({});
    return {true, {}};
  }
  tries.wrong = std::min(tries.wrong + 1, kFreeTries + kMostDoublings);
  tries.last = std::chrono::duration_cast<std::chrono::seconds>(clock_.wall().time_since_epoch()).count();
  write(tries);
  return {false, locked_for(tries)};
}

StaffPin::Tries StaffPin::read() const {
  std::error_code error;
  if (!std::filesystem::exists(file_, error)) return {};
  Tries tries{kFreeTries, 0};
  const auto text = base::read_file(file_, kLongestFile);
  long long last = 0;
  if (text && std::sscanf(text->c_str(), "%d %lld", &tries.wrong, &last) == 2) tries.last = last;
  tries.wrong = std::clamp(tries.wrong, 0, kFreeTries + kMostDoublings);
  return tries;
}

void StaffPin::write(const Tries& tries) const {
  const std::string text = fmt::format("{} {}\n", tries.wrong, tries.last);
  if (auto written = base::write_file(file_, text); !written) base::log::failure(written.error());
}

// A clock that was set back must not unlock, nor one set far forward lock for years.
std::chrono::seconds StaffPin::locked_for(const Tries& tries) const {
  if (tries.wrong < kFreeTries) return {};
  const auto lock = std::min(kLongestLock, kFirstLock * (1 << (tries.wrong - kFreeTries)));
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_.wall().time_since_epoch());
  const auto since = now - std::chrono::seconds(tries.last);
  if (since.count() < 0) return lock;
  return std::max(std::chrono::seconds{0}, lock - since);
}

}  // namespace kiosk
