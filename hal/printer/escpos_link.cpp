#include "hal/printer/escpos_link.h"

#include <algorithm>
#include <utility>

namespace hal {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

EscposLink::EscposLink(std::unique_ptr<ByteTransport> transport, const PrinterProfile& profile, const EscposTiming& timing)
    : transport_(std::move(transport)), profile_(profile), timing_(timing), parser_(profile.status) {}

std::size_t EscposLink::write(std::span<const std::uint8_t> bytes, milliseconds patience) {
  if (lost_) return 0;
  const Transferred done = transport_->write(bytes, patience);
  if (done.error && *done.error != TransportError::timeout) lost_ = true;
  return done.count;
}

bool EscposLink::listen(milliseconds patience) {
  if (lost_) return false;
  std::array<std::uint8_t, 256> buffer{};
  const Transferred done = transport_->read(buffer, patience);
  if (done.error && *done.error != TransportError::timeout) lost_ = true;
  for (const auto& reply : parser_.take(std::span(buffer).first(done.count))) take(reply);
  return done.count > 0;
}

void EscposLink::take(const escpos::Reply& reply) {
  if (const auto* automatic = std::get_if<escpos::AutomaticStatus>(&reply)) {
    automatic_ = condition_of(*automatic);
    news_ = true;
  } else if (const auto* status = std::get_if<escpos::RealTimeStatus>(&reply)) {
    status_ = *status;
  } else if (const auto* done = std::get_if<escpos::Processed>(&reply)) {
    if (!processed_ || done->id > *processed_) processed_ = done->id;
  } else if (std::holds_alternative<escpos::InOrderStatus>(reply)) {
    --open_fences_;
  } else {
    cleared_ = true;
  }
}

bool EscposLink::heard_news() { return std::exchange(news_, false); }

// One query at a time: a stray answer (an image may hold the bytes of a query) can then disturb only one.
std::optional<PrinterCondition> EscposLink::ask_condition() {
  while (listen(milliseconds{0})) {}
  std::array<std::uint8_t, 4> replies{};
  for (int query = 1; query <= 4; ++query) {
    const auto bytes = escpos::query_status(query);
    if (write(bytes, timing_.reply) != bytes.size()) return std::nullopt;
    parser_.expect_status(query);
    status_.reset();
    const auto deadline = steady_clock::now() + timing_.reply;
    while (!status_ && !lost_ && steady_clock::now() < deadline)
      listen(std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
    if (!status_) {
      parser_.forget_status();
      return std::nullopt;
    }
    replies[static_cast<std::size_t>(query - 1)] = status_->byte;
  }
  return condition_of(replies, profile_.status);
}

bool EscposLink::clear_buffers() {
  cleared_ = false;
  const auto bytes = escpos::clear_buffers();
  if (write(bytes, timing_.reply) != bytes.size()) return false;
  const auto deadline = steady_clock::now() + timing_.reply;
  while (!cleared_ && !lost_ && steady_clock::now() < deadline)
    listen(std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
  if (cleared_) forget_answers();  // what was asked before went with the rest
  return cleared_;
}

bool EscposLink::send_fence() {
  const auto bytes = escpos::query_in_order();
  if (write(bytes, timing_.stall) != bytes.size()) return false;
  parser_.expect_in_order();
  ++open_fences_;
  return true;
}

void EscposLink::forget_answers() {
  parser_.forget_status();
  parser_.forget_in_order();
  open_fences_ = 0;
  automatic_.reset();
  processed_.reset();
}

}  // namespace hal
