#include "hal/simulated/escpos_machine.h"

#include <algorithm>
#include <utility>

namespace hal {
namespace {

constexpr std::size_t kMostRemembered = 4U << 20U;          // bytes
constexpr int kCharacterWidth = 12, kCharacterHeight = 24;  // dots

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

EscposMachine::EscposMachine(EscposMachineType type)
    : type_(type), interpreter_(type.dots_per_inch), paper_(type.dots_per_line, type.head_to_knife) {}

std::size_t EscposMachine::take(std::span<const std::uint8_t> bytes, TimePoint now) {
  std::size_t count = 0;
  for (const std::uint8_t byte : bytes) {
    if (buffer_.size() >= type_.receive_buffer) work(now);
    const bool full = buffer_.size() >= type_.receive_buffer && !has(PrinterTrouble::dead);
    if (full && !type_.drops_when_full) break;
    ++count;
    if (!full) receive(byte);
    if (at_byte_ && received_count_ >= at_byte_->at) set(std::exchange(at_byte_, std::nullopt)->trouble, true);
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
  if (command.size() == 3 && command[1] == 0x04 && command[2] >= 1 && command[2] <= 4) {
    answer({status(command[2])});
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
         has(PrinterTrouble::broken) || has(PrinterTrouble::dead);
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
  if (at_row_ && paper_.rows() >= at_row_->at) set(std::exchange(at_row_, std::nullopt)->trouble, true);
}

void EscposMachine::cut() {
  cut_to_do_ = false;
  if (!type_.has_cutter) return;
  if (has(PrinterTrouble::knife_blocked)) {
    cutter_error_ = true;
    notice_change();
  } else {
    paper_.cut();
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
             },
             action);
}

std::size_t EscposMachine::give(std::span<std::uint8_t> buffer, TimePoint now) {
  work(now);
  const std::size_t count = std::min(buffer.size(), answers_.size());
  std::copy_n(answers_.begin(), count, buffer.begin());
  answers_.erase(answers_.begin(), answers_.begin() + static_cast<std::ptrdiff_t>(count));
  return count;
}

std::optional<DeviceModel::TimePoint> EscposMachine::wakes_at() const {
  if (type_.rows_per_second == 0 || rows_to_do_.empty() || stopped()) return std::nullopt;
  return next_row_;
}

void EscposMachine::answer(std::initializer_list<std::uint8_t> bytes) {
  if (has(PrinterTrouble::silent) || has(PrinterTrouble::dead)) return;
  answers_.insert(answers_.end(), bytes);
}

}  // namespace hal
