// The staff's PIN: compared with a hash, and slower after each wrong try. The count survives a restart, so that pulling the
// plug gives no more tries.
//
// After kFreeTries wrong ones each next try has to wait: 1, 2, 4 … minutes, at most kLongestLock. A right one clears.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "kiosk/event.h"

namespace kiosk {

inline constexpr int kFreeTries = 3;
inline constexpr std::chrono::seconds kFirstLock{60};
inline constexpr std::chrono::seconds kLongestLock{3600};

class StaffPin {
 public:
  // `hash`: of hash_pin(). `file` holds the wrong tries; its folder exists. An unreadable file counts as kFreeTries.
  StaffPin(std::string hash, std::filesystem::path file, const base::Clock& clock);

  // Takes a tenth of a second of computing, on purpose. While locked the PIN is not even looked at.
  StaffPinChecked check(const base::Secret& pin);

  // What belongs into kiosk.toml: [staff] pin_hash. Argon2id.
  static base::Result<std::string> hash_pin(const base::Secret& pin);

 private:
  struct Tries {
    int wrong = 0;
    std::int64_t last = 0;  // seconds since 1970
  };
  Tries read() const;
  void write(const Tries& tries) const;
  std::chrono::seconds locked_for(const Tries& tries) const;

  std::string hash_;
  std::filesystem::path file_;
  const base::Clock& clock_;
};

}  // namespace kiosk
