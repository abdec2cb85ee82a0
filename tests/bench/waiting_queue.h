// A queue with applications waiting, for the benchmarks of the queue and of what it is measured beside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/uuid.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sealing/device_key.h"
#include "offline_cache/sealing/office_key.h"

namespace bench {

// Any valid X25519 public key will do where nothing is opened (RFC 7748 §6.1).
inline constexpr const char* kAnyOfficeKey = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";

std::filesystem::path bench_folder();  // LINLI_BENCH_FOLDER: on the disk that is measured; gone after the run
bool quick();                          // LINLI_BENCH_QUICK: the bench itself is tried
// What the rows of a million applications are measured with: a tenth of it when the bench itself is tried.
std::int64_t a_million();

// Seals applications of a hall's size, about 3 KB sealed; any two are of different people.
class Sealer {
 public:
  explicit Sealer(const std::string& office_key = kAnyOfficeKey);
  offline_cache::Envelope next();
  base::Uuid next_id() { return ids_.next(); }
  const base::Clock& clock() const { return clock_; }
  base::Random& random() { return random_; }

 private:
  base::SystemClock clock_;
  base::SystemRandom random_;
  base::UuidSource ids_{clock_, random_};
  offline_cache::OfficeKey key_;
  offline_cache::DeviceKey device_;
  std::string application_;
};

// Sealed bytes for filling a queue: a few envelopes in turn, because sealing a million takes minutes and no queue opens them.
class StockOfEnvelopes {
 public:
  explicit StockOfEnvelopes(Sealer& sealer);
  const offline_cache::Envelope& next() { return stock_[turn_++ % stock_.size()]; }

 private:
  std::vector<offline_cache::Envelope> stock_;
  std::size_t turn_ = 0;
};

// The data folder of a queue with so many applications waiting, made at the first call with this number and kept for the
// others; nothing when it could not be made. Rows are written by the product's own code for moving rows, in one transaction
// that is flushed once, in a process of its own: this one's memory stays as it was.
std::optional<std::filesystem::path> queue_with(std::int64_t rows);

// Opens a queue whose quota holds a million.
std::unique_ptr<offline_cache::Outbox> open_queue(const std::filesystem::path& folder, const base::Clock& clock,
                                                  base::Random& random);

}  // namespace bench
