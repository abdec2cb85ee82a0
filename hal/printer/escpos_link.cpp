#include "hal/printer/escpos_link.h"

#include <algorithm>
#include <utility>

namespace hal {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds kQuiet{50};  // without another byte: all that were coming have come

escpos::LongStatusForm long_form(const PrinterProfile& profile) {
  if (!profile.presenter || !profile.presenter->status) return {};
  return {profile.presenter->status->header, profile.presenter->status->length};
}

bool can_answer(const TransportInfo& line, const PrinterProfile& profile) {
  const bool usb = line.vendor_id != 0;
  return line.answers && !(usb && profile.answers_on_usb == Support::no);
}

}  // namespace

EscposLink::EscposLink(std::unique_ptr<ByteTransport> transport, const PrinterProfile& profile, const EscposTiming& timing,
                       DeviceStatistics& statistics)
    : transport_(std::move(transport)),
      profile_(profile),
      timing_(timing),
      statistics_(statistics),
      answers_(can_answer(transport_->info(), profile)),
      parser_(profile.status, long_form(profile), profile.serial.flow == FlowControl::xonxoff) {}

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
  const auto noise = parser_.noise();
  for (const auto& reply : parser_.take(std::span(buffer).first(done.count))) take(reply);
  if (parser_.noise() > noise) statistics_.add(Counter::noise, parser_.noise() - noise);
  return done.count > 0;
}

void EscposLink::take(const escpos::Reply& reply) {
  if (const auto* automatic = std::get_if<escpos::AutomaticStatus>(&reply)) {
    automatic_ = condition_of(*automatic);
    supply_ = automatic_->supply;
    news_ = !std::exchange(expected_automatic_, false) || automatic_->failure;  // an answer is no news
  } else if (const auto* status = std::get_if<escpos::RealTimeStatus>(&reply)) {
    status_ = *status;
  } else if (const auto* done = std::get_if<escpos::Processed>(&reply)) {
    if (!processed_ || done->id > *processed_) processed_ = done->id;
  } else if (std::holds_alternative<escpos::InOrderStatus>(reply)) {
    --open_fences_;
  } else if (const auto* text = std::get_if<escpos::IdentityText>(&reply)) {
    identity_ = text->text;
  } else if (const auto* status_bytes = std::get_if<escpos::LongStatus>(&reply)) {
    long_status_ = status_bytes->bytes;
  } else {
    cleared_ = true;
  }
}

bool EscposLink::heard_news() { return std::exchange(news_, false); }

template <class Done>
bool EscposLink::await(Done done) {
  const auto deadline = steady_clock::now() + timing_.reply;
  while (!done() && !lost_ && steady_clock::now() < deadline)
    listen(std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
  if (!done() && !lost_) statistics_.add(Counter::unanswered);
  return done();
}

bool EscposLink::hear_out(milliseconds quiet) {
  const auto deadline = steady_clock::now() + timing_.reply;
  while (listen(quiet))
    if (steady_clock::now() >= deadline) return false;
  return true;
}

// One query at a time: a stray answer (an image may hold the bytes of a query) can then disturb only one. An answer that
// came too late would shift all that follow, so after one the line must have been quiet before and after.
std::optional<PrinterCondition> EscposLink::ask_condition() {
  const milliseconds quiet = std::min(kQuiet, timing_.reply);
  if (!hear_out(late_ ? quiet : milliseconds{0})) return std::nullopt;
  std::array<std::uint8_t, 4> replies{};
  for (int query = 1; query <= 4; ++query) {
    const auto status = ask_status(query);
    if (!status) return std::nullopt;
    replies[static_cast<std::size_t>(query - 1)] = *status;
  }
  auto condition = condition_of(replies, profile_.status);
  if (profile_.presenter && profile_.presenter->status) {
    if (!ask_long_status()) return std::nullopt;
    condition = both(condition, condition_of(*long_status_, *profile_.presenter->status));
  }
  if (late_) {
    const auto noise = parser_.noise();
    if (!hear_out(quiet) || parser_.noise() != noise) return std::nullopt;
    late_ = false;
  }
  supply_ = condition.supply;
  return condition;
}

std::optional<std::uint8_t> EscposLink::ask_status(int query) {
  const auto bytes = escpos::query_status(query);
  if (write(bytes, timing_.reply) != bytes.size()) return std::nullopt;
  parser_.expect_status(query);
  status_.reset();
  if (await([this] { return status_.has_value(); })) return status_->byte;
  parser_.forget_status();
  late_ = true;
  return std::nullopt;
}

bool EscposLink::ask_long_status() {
  const auto& query = profile_.presenter->status->query;
  if (write(query, timing_.reply) != query.size()) return false;
  parser_.expect_long_status();
  long_status_.reset();
  if (await([this] { return long_status_.has_value(); })) return true;
  parser_.forget_status();
  late_ = true;
  return false;
}

bool EscposLink::enable_automatic_status() {
  if (profile_.automatic_status != Support::yes || automatic_works_ == Support::no) return true;
  automatic_.reset();
  const auto on = escpos::automatic_status(true), off = escpos::automatic_status(false);
  if (write(on, timing_.reply) != on.size()) return false;
  expected_automatic_ = true;
  if (automatic_works_ == Support::yes) return true;
  automatic_works_ = await([this] { return automatic_.has_value(); }) ? Support::yes : Support::no;
  return automatic_works_ == Support::yes || write(off, timing_.reply) == off.size();
}

std::optional<std::string> EscposLink::ask_identity(escpos::IdentityQuery query) {
  const auto bytes = escpos::query_identity(query);
  identity_.reset();
  if (write(bytes, timing_.reply) != bytes.size()) return std::nullopt;
  parser_.expect_identity();
  if (await([this] { return identity_.has_value(); })) return identity_;
  parser_.forget_identity();
  return std::nullopt;
}

bool EscposLink::clear_buffers() {
  cleared_ = false;
  const auto bytes = escpos::clear_buffers();
  if (write(bytes, timing_.reply) != bytes.size()) return false;
  if (await([this] { return cleared_; })) forget_answers();  // what was asked before went with the rest
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
