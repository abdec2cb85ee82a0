// What a device has done since the program started, as plain counts: nothing in them is about a person.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hal {

enum class Counter : std::uint8_t {
  connects,        // how often it was found and opened; the first time included
  reads,           // cards read, codes delivered, photographs taken
  misreads,        // cards or codes that were there and could not be understood
  refused,         // codes read while none was wanted, or of a kind that was not
  unanswered,      // questions it left without an answer
  noise,           // answers that were damaged or did not fit the question
  recoveries,      // steps taken to bring it back
  jobs,            // print jobs begun
  jobs_confirmed,  // and ended with proof
  jobs_unknown,    // and ended with nobody knowing
  cuts,
  millimetres_printed,  // paper moved under the head
  head_hot,             // times the head had to cool down
  decoder_losses,       // times the decoding process died or hung; each cost one frame
};
inline constexpr std::size_t kCounters = static_cast<std::size_t>(Counter::decoder_losses) + 1;

std::string_view name_of(Counter counter);  // "head_hot": the key in `linlictl devices --json`

// Any thread may add and read.
class DeviceStatistics {
 public:
  void add(Counter counter, std::uint64_t count = 1) { at(counter).fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value(Counter counter) const {
    return counts_[static_cast<std::size_t>(counter)].load(std::memory_order_relaxed);
  }

 private:
  std::atomic<std::uint64_t>& at(Counter counter) { return counts_[static_cast<std::size_t>(counter)]; }
  std::array<std::atomic<std::uint64_t>, kCounters> counts_{};
};

}  // namespace hal
