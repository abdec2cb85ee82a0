#include "hal/simulated/escpos_machine.h"

#include <algorithm>
#include <utility>

namespace hal {
namespace {

constexpr std::size_t kMostRemembered = 4U << 20U;          // bytes
constexpr std::size_t kLineAtOnce = 16;                     // bytes: the hardware buffer of a serial port
constexpr int kCharacterWidth = 12, kCharacterHeight = 24;  // dots

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

EscposMachine::EscposMachine(EscposMachineType type)
    : type_(std::move(type)),
      info_{"simulated", 0, 0, {}, {}, !type_.one_way},
      interpreter_(type_.dots_per_inch, type_.answers_identity),
      paper_(type_.dots_per_line, type_.head_to_knife),
      presenter_(type_.presenter) {}

// A slow line moves a few bytes and is then busy with them for their time.
std::size_t EscposMachine::line_takes(std::size_t offered, TimePoint now) {
  if (type_.bytes_per_second == 0) return offered;
  if (now < line_free_at_) return 0;
  const std::size_t at_once = std::max(kLineAtOnce, static_cast<std::size_t>(type_.bytes_per_second / 200));
  const std::size_t count = std::min(offered, at_once);
  line_free_at_ = now + std::chrono::nanoseconds{std::chrono::seconds{1}} / type_.bytes_per_second * static_cast<long>(count);
  return count;
}

std::size_t EscposMachine::take(std::span<const std::uint8_t> bytes, TimePoint now) {
  bytes = bytes.first(line_takes(bytes.size(), now));
  if (now < booted_at_) return bytes.size();
  std::size_t count = 0;
  for (const std::uint8_t byte : bytes) {
    if (buffer_.size() >= type_.receive_buffer) work(now);
    const bool full = buffer_.size() >= type_.receive_buffer && !has(PrinterTrouble::dead);
    if (full && !type_.drops_when_full) break;
    ++count;
    if (!full) receive(byte);
    if (at_byte_ && received_count_ >= at_byte_->at) ring(*std::exchange(at_byte_, std::nullopt));
    if (!powered()) return count;
  }
  work(now);
  return count;
}

void EscposMachine::receive(std::uint8_t byte) {
  ++received_count_;
  received_.push_back(byte);
  if (received_.size() > kMostRemembered) received_.pop_front();
  if (has(PrinterTrouble::dead)) return;
  buffer_.push_back(byte);
  if (real_time_.empty() && byte != 0x10) return;
  real_time_.push_back(byte);
  obey_real_time();
}

void EscposMachine::obey_real_time() {
  static constexpr std::array<std::uint8_t, 10> kClear{0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08};
  const auto& command = real_time_;
  const bool may_clear = command.size() <= kClear.size() && std::equal(command.begin(), command.end(), kClear.begin());
  const bool custom = type_.presenter == PresenterKind::custom_kpm || type_.presenter == PresenterKind::custom_tptcm;
  if (command.size() == 3 && command[1] == 0x04 && command[2] >= 1 && command[2] <= 4) {
    answer({status(command[2])});
  } else if (custom && command.size() == 3 && command[1] == 0x04 && command[2] == 0x14) {
    answer(full_status());
  } else if (command.size() == 3 && command[1] == 0x05) {
    recover(command[2] == 2);
  } else if (may_clear && command.size() == kClear.size()) {
    if (type_.clears_buffers) {
      forget();
      answer({0x37, 0x25, 0x00});
    }
  } else if (command.size() < 2 || (command.size() == 2 && (command[1] == 0x04 || command[1] == 0x05)) || may_clear) {
    return;  // not complete
  }
  const bool begins_another = command.size() > 1 && command.back() == 0x10;
  real_time_.clear();
  if (begins_another) real_time_.push_back(0x10);
}

// DLE ENQ helps after a cutter error only, and only once its cause is gone.
void EscposMachine::recover(bool clearing) {
  if (!cutter_error_ || has(PrinterTrouble::knife_blocked)) return;
  cutter_error_ = false;
  if (clearing) forget();
  notice_change();
}

void EscposMachine::forget() {
  buffer_.clear();
  interpreter_.reset();
  rows_to_do_.clear();
  cut_to_do_ = false;
}

bool EscposMachine::stopped() const {
  return cutter_error_ || has(PrinterTrouble::paper_out) || has(PrinterTrouble::cover_open) || has(PrinterTrouble::overheated) ||
         has(PrinterTrouble::broken) || has(PrinterTrouble::dead) || has(PrinterTrouble::paper_jam);
}

void EscposMachine::work(TimePoint now) {
  while (!stopped()) {
    if (!rows_to_do_.empty() || cut_to_do_) {
      if (!work_on_paper(now)) return;
    } else if (!buffer_.empty()) {
      const std::uint8_t byte = buffer_.front();
      buffer_.pop_front();
      if (const auto action = interpreter_.take(byte)) act(*action);
    } else {
      break;
    }
  }
  resting_ = true;
}

bool EscposMachine::work_on_paper(TimePoint now) {
  if (rows_to_do_.empty()) {
    cut();
    return true;
  }
  if (type_.rows_per_second > 0) {
    if (std::exchange(resting_, false)) next_row_ = now;
    if (now < next_row_) return false;
    next_row_ += std::chrono::nanoseconds{std::chrono::seconds{1}} / type_.rows_per_second;
  }
  const auto row = std::move(rows_to_do_.front());
  rows_to_do_.pop_front();
  advance_paper(row);
  return true;
}

void EscposMachine::advance_paper(std::span<const std::uint8_t> dots) {
  paper_.print_row(dots);
  if (at_row_ && paper_.rows() >= at_row_->at) ring(*std::exchange(at_row_, std::nullopt));
}

void EscposMachine::cut() {
  cut_to_do_ = false;
  if (!type_.has_cutter) return;
  if (has(PrinterTrouble::knife_blocked)) {
    cutter_error_ = true;
    notice_change();
  } else {
    paper_.cut();
    if (!presenter_.receive(std::chrono::steady_clock::now())) set(PrinterTrouble::paper_jam, true);
  }
}

void EscposMachine::act(const PrinterAction& action) {
  const auto feed = [this](int rows) { rows_to_do_.resize(rows_to_do_.size() + static_cast<std::size_t>(rows)); };
  std::visit(Overloaded{
                 [this](const ResetAction&) { reported_.reset(); },
                 [this](const RowAction& row) { rows_to_do_.push_back(row.dots); },
                 [&](const FeedAction& f) { feed(f.dots); },
                 [this](const TextAction& text) {
                   stray_characters_ += text.characters;
                   const std::vector<std::uint8_t> blots(static_cast<std::size_t>(text.characters * kCharacterWidth / 8), 0xFF);
                   rows_to_do_.insert(rows_to_do_.end(), kCharacterHeight, blots);
                 },
                 [&](const CutAction& c) {
                   feed(c.feed_dots + (c.feed_to_knife ? type_.head_to_knife : 0));
                   cut_to_do_ = true;
                 },
                 [this](const AutomaticStatusAction& automatic) {
                   reported_.reset();
                   if (!automatic.on || !type_.answers_automatic_status) return;
                   reported_.emplace();  // differs from every real status: it is sent at once
                   notice_change();
                 },
                 [this](const StatusAction&) { answer({0x00}); },
                 [this](const ProcessIdAction& id) {
                   const auto& d = id.digits;
                   if (type_.answers_process_id) answer({0x37, 0x22, d[0], d[1], d[2], d[3], 0x00});
                 },
                 [this](const IdentityAction& identity) { answer_identity(identity.query); },
                 [this](const EjectorAction& ejector) { present(ejector.n); },
                 [this](const RetractAction& retract) {
                   if (retract.after_seconds) presenter_.set_auto_retract(*retract.after_seconds);
                   if (!retract.after_seconds) presenter_.retract();
                 },
             },
             action);
}

std::size_t EscposMachine::give(std::span<std::uint8_t> buffer, TimePoint now) {
  presenter_.pass_time(now);
  work(now);
  std::size_t count = 0;
  for (; count < buffer.size() && !answers_.empty() && answers_.front().from <= now; ++count) {
    buffer[count] = answers_.front().byte;
    answers_.pop_front();
  }
  return count;
}

std::optional<DeviceModel::TimePoint> EscposMachine::wakes_at() const {
  std::optional<TimePoint> first = presenter_.wakes_at();
  const auto also = [&first](TimePoint at) { first = first ? std::min(*first, at) : at; };
  if (type_.rows_per_second > 0 && !rows_to_do_.empty() && !stopped()) also(next_row_);
  if (type_.bytes_per_second > 0) also(line_free_at_);
  if (!answers_.empty()) also(answers_.front().from);
  return first;
}

void EscposMachine::answer(std::span<const std::uint8_t> bytes) {
  const auto now = std::chrono::steady_clock::now();
  if (type_.one_way || has(PrinterTrouble::silent) || has(PrinterTrouble::dead) || now < booted_at_) return;
  for (const std::uint8_t byte : bytes) {
    answers_.push_back({now + type_.answer_delay, byte});
    if (!type_.flow_bytes_in_answers) continue;
    answers_.push_back({now + type_.answer_delay, 0x13});
    answers_.push_back({now + type_.answer_delay, 0x11});
  }
}

void EscposMachine::answer_identity(int query) {
  const std::string* text = query == 65 ? &type_.firmware : query == 67 ? &type_.model : query == 68 ? &type_.serial : nullptr;
  if (text == nullptr) return;
  std::vector<std::uint8_t> bytes{0x5F};
  bytes.insert(bytes.end(), text->begin(), text->end());
  bytes.push_back(0);
  answer(bytes);
}

void EscposMachine::present(int n) {
  if (std::exchange(jams_next_ticket_, false)) return set(PrinterTrouble::paper_jam, true);
  presenter_.eject(n, std::chrono::steady_clock::now());
}

// A row or byte was reached that somebody waited for.
void EscposMachine::ring(const Alarm& alarm) {
  if (alarm.loss == Loss::none) return set(alarm.trouble, true);
  if (alarm.loss == Loss::power) restart();
  pull_plug();
}

}  // namespace hal
