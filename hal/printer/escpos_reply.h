// What a printer sends back, told apart by position: bytes 2 to 4 of an automatic status look like an answer to GS r, so
// a byte means something only after the bytes before it. Pure; feed it any slices.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <utility>
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
struct IdentityText {      // answer to GS I 65..69
  std::string text;
};
struct LongStatus {  // answer to the presenter's query, header included
  std::vector<std::uint8_t> bytes;
};

using Reply = std::variant<RealTimeStatus, AutomaticStatus, InOrderStatus, Processed, BuffersCleared, IdentityText, LongStatus>;

// How a presenter's answer begins and how long it is; length 0: this printer has none.
struct LongStatusForm {
  std::vector<std::uint8_t> header;
  std::size_t length = 0;
};

class ReplyParser {
 public:
  // `flow_control`: the line uses XON/XOFF, whose bytes then stand for nothing else anywhere.
  explicit ReplyParser(const StatusBits& bits, LongStatusForm long_status = {}, bool flow_control = true)
      : bits_(bits), long_form_(std::move(long_status)), flow_control_(flow_control) {}

  // A query was sent; without one, a byte that could answer it is dropped (an image may hold the bytes of DLE EOT).
  void expect_status(int query) { expected_status_.push_back(query); }
  void expect_in_order() { ++expected_in_order_; }
  void expect_identity() { identity_expected_ = true; }
  void expect_long_status() { long_expected_ = long_form_.length > 0; }
  // No answer came and none is awaited any longer.
  void forget_status() {
    expected_status_.clear();
    long_expected_ = false;
    long_.clear();
  }
  void forget_identity() { identity_expected_ = false; }
  void forget_in_order() { expected_in_order_ = 0; }

  std::vector<Reply> take(std::span<const std::uint8_t> bytes);
  // Bytes that answered nothing, so far.
  std::uint64_t noise() const { return noise_; }

 private:
  bool continue_long(std::uint8_t byte, std::vector<Reply>& replies);
  void take_one(std::uint8_t byte, std::vector<Reply>& replies);
  bool continue_automatic(std::uint8_t byte, std::vector<Reply>& replies);
  bool continue_block(std::uint8_t byte, std::vector<Reply>& replies);
  void begin(std::uint8_t byte, std::vector<Reply>& replies);
  void end_block(std::vector<Reply>& replies);
  void drop(std::vector<std::uint8_t>& part);

  StatusBits bits_;
  LongStatusForm long_form_;
  bool flow_control_;
  std::deque<int> expected_status_;
  int expected_in_order_ = 0;
  bool identity_expected_ = false;
  bool long_expected_ = false;
  std::vector<std::uint8_t> long_;       // of a long status that has not ended
  std::vector<std::uint8_t> automatic_;  // 0..3 bytes of an automatic status
  std::vector<std::uint8_t> block_;      // header and text of a block that has not ended; empty outside one
  std::uint64_t noise_ = 0;
};

}  // namespace hal::escpos
