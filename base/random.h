// Randomness is injected, so that a run can be repeated.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace base {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  std::uint64_t bits();
  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

// The kernel's generator (getrandom); may be called from any thread.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// For tests and simulations: the same seed gives the same bytes. Not for secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::mt19937_64 engine_;
};

}  // namespace base
