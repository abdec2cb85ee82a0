// What a printer sends back, told apart by position: bytes 2 to 4 of an automatic status look like an answer to GS r, so
// a byte means something only after the bytes before it. Pure; feed it any slices.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hal/printer/escpos.h"

namespace hal::escpos {

struct RealTimeStatus {  // answer to DLE EOT
  int query = 0;         // which one, 1..4
  std::uint8_t byte = 0;
};
struct AutomaticStatus {  // ASB
  std::array<std::uint8_t, 4> bytes{};
};
struct InOrderStatus {  // answer to GS r 1
  std::uint8_t byte = 0;
};
struct Processed {  // answer to GS ( H
  ProcessId id;
};
struct BuffersCleared {};  // answer to DLE DC4 8

using Reply = std::variant<RealTimeStatus, AutomaticStatus, InOrderStatus, Processed, BuffersCleared>;

class ReplyParser {
 public:
  explicit ReplyParser(const StatusBits& bits) : bits_(bits) {}

  // A query was sent; without one, a byte that could answer it is dropped (an image may hold the bytes of DLE EOT).
  void expect_status(int query) { expected_status_.push_back(query); }
  void expect_in_order() { ++expected_in_order_; }
  // No answer came and none is awaited any longer.
  void forget_status() { expected_status_.clear(); }
  void forget_in_order() { expected_in_order_ = 0; }

  std::vector<Reply> take(std::span<const std::uint8_t> bytes);

 private:
  void take_one(std::uint8_t byte, std::vector<Reply>& replies);
  bool continue_automatic(std::uint8_t byte, std::vector<Reply>& replies);
  bool continue_block(std::uint8_t byte, std::vector<Reply>& replies);
  void begin(std::uint8_t byte, std::vector<Reply>& replies);
  void end_block(std::vector<Reply>& replies) const;

  StatusBits bits_;
  std::deque<int> expected_status_;
  int expected_in_order_ = 0;
  std::vector<std::uint8_t> automatic_;  // 0..3 bytes of an automatic status
  std::vector<std::uint8_t> block_;      // header and text of a block that has not ended; empty outside one
};

}  // namespace hal::escpos
