#include "hal/printer/escpos_reply.h"

#include <algorithm>
#include <utility>

namespace hal::escpos {
namespace {

constexpr std::size_t kLongestBlock = 82;  // bytes: header, 80 of text (GS I), end
constexpr std::uint8_t kXon = 0x11, kXoff = 0x13;

bool is_block_header(std::uint8_t byte) { return byte == 0x35 || byte == 0x37 || byte == 0x3B || byte == 0x3D || byte == 0x5F; }

}  // namespace

std::vector<Reply> ReplyParser::take(std::span<const std::uint8_t> bytes) {
  std::vector<Reply> replies;
  for (const std::uint8_t byte : bytes) take_one(byte, replies);
  return replies;
}

void ReplyParser::take_one(std::uint8_t byte, std::vector<Reply>& replies) {
  if (!flow_control_ && continue_long(byte, replies)) return;
  if (byte == kXon || byte == kXoff) return;  // flow control of a serial line; no other reply holds these bytes
  if (flow_control_ && continue_long(byte, replies)) return;
  if (continue_automatic(byte, replies) || continue_block(byte, replies)) return;
  begin(byte, replies);
}

void ReplyParser::drop(std::vector<std::uint8_t>& part) {
  noise_ += part.size();
  part.clear();
}

// A long status begins like an automatic one: the second byte tells.
bool ReplyParser::continue_long(std::uint8_t byte, std::vector<Reply>& replies) {
  if (long_.empty()) {
    const bool begins = long_expected_ && automatic_.empty() && block_.empty() && byte == long_form_.header.front();
    if (begins) long_.push_back(byte);
    return begins;
  }
  if (long_.size() < long_form_.header.size() && byte != long_form_.header[long_.size()]) {
    const auto other = std::exchange(long_, {});
    for (const std::uint8_t held : other) begin(held, replies);
    return false;
  }
  long_.push_back(byte);
  if (long_.size() == long_form_.length) {
    replies.emplace_back(LongStatus{std::exchange(long_, {})});
    long_expected_ = false;
  }
  return true;
}

// False when the byte cannot belong to the automatic status that began: a byte was lost, so start over with this one.
bool ReplyParser::continue_automatic(std::uint8_t byte, std::vector<Reply>& replies) {
  if (automatic_.empty()) return false;
  if ((byte & 0x90) != 0) {
    drop(automatic_);
    return false;
  }
  automatic_.push_back(byte);
  if (automatic_.size() == 4) {
    AutomaticStatus status;
    std::copy_n(automatic_.begin(), 4, status.bytes.begin());
    replies.emplace_back(status);
    automatic_.clear();
  }
  return true;
}

bool ReplyParser::continue_block(std::uint8_t byte, std::vector<Reply>& replies) {
  if (block_.empty()) return false;
  if (byte == 0) {
    end_block(replies);
    block_.clear();
    return true;
  }
  if (byte < 0x20 || byte > 0x7E || block_.size() == kLongestBlock) {
    drop(block_);
    return false;
  }
  block_.push_back(byte);
  return true;
}

void ReplyParser::end_block(std::vector<Reply>& replies) {
  if (block_.size() == 6 && block_[0] == 0x37 && block_[1] == 0x22)
    replies.emplace_back(Processed{process_id_of(std::span(block_).subspan<2, 4>())});
  else if (block_.size() == 2 && block_[0] == 0x37 && block_[1] == 0x25)
    replies.emplace_back(BuffersCleared{});
  else if (block_[0] == 0x5F && std::exchange(identity_expected_, false))
    replies.emplace_back(IdentityText{{block_.begin() + 1, block_.end()}});
  else
    noise_ += block_.size();
}

void ReplyParser::begin(std::uint8_t byte, std::vector<Reply>& replies) {
  if ((byte & bits_.reply_mask) == bits_.reply_value && !expected_status_.empty()) {
    replies.emplace_back(RealTimeStatus{expected_status_.front(), byte});
    expected_status_.pop_front();
  } else if ((byte & 0x93) == 0x10) {
    automatic_.push_back(byte);
  } else if (is_block_header(byte)) {
    block_.push_back(byte);
  } else if ((byte & 0x90) == 0 && expected_in_order_ > 0) {
    --expected_in_order_;
    replies.emplace_back(InOrderStatus{byte});
  } else {
    ++noise_;
  }
}

}  // namespace hal::escpos
