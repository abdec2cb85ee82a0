// The controls of the printer model and the status bytes it derives from its troubles.
#include <algorithm>

#include "hal/simulated/escpos_machine.h"

namespace hal {

using enum PrinterTrouble;

void EscposMachine::begin(PrinterTrouble trouble) {
  const Change change = this->change();
  set(trouble, true);
}

void EscposMachine::end(PrinterTrouble trouble) {
  const Change change = this->change();
  if (trouble == paper_out && has(paper_out)) paper_.tear_off();
  if (trouble == paper_jam && has(paper_jam)) presenter_.clear();
  set(trouble, false);
  work(std::chrono::steady_clock::now());
}

void EscposMachine::begin_after_rows(long rows, PrinterTrouble trouble) {
  const Change change = this->change();
  at_row_ = Alarm{paper_.rows() + rows, trouble, Loss::none};
}

void EscposMachine::begin_after_bytes(long bytes, PrinterTrouble trouble) {
  const Change change = this->change();
  at_byte_ = Alarm{received_count_ + bytes, trouble, Loss::none};
}

void EscposMachine::power_cycle() {
  const Change change = this->change();
  restart();
  booted_at_ = std::chrono::steady_clock::now() + type_.boot;
}

void EscposMachine::restart() {
  forget();
  real_time_.clear();
  answers_.clear();
  reported_.reset();
  cutter_error_ = false;
}

void EscposMachine::lose_power_after_bytes(long bytes) {
  const Change change = this->change();
  at_byte_ = Alarm{received_count_ + bytes, {}, Loss::power};
}

void EscposMachine::unplug_after_bytes(long bytes) {
  const Change change = this->change();
  at_byte_ = Alarm{received_count_ + bytes, {}, Loss::cable};
}

void EscposMachine::call_off() {
  const Change change = this->change();
  at_byte_.reset();
  at_row_.reset();
}

std::vector<typeset::DotBitmap> EscposMachine::collect() {
  const Change change = this->change();
  if (!type_.has_cutter) paper_.tear_off();
  return paper_.collect();
}

bool EscposMachine::take_ticket() {
  const Change change = this->change();
  return presenter_.take();
}

void EscposMachine::jam_next_ticket() {
  const Change change = this->change();
  jams_next_ticket_ = true;
}

TicketPresenter EscposMachine::presenter() const {
  const auto lock = look();
  return presenter_;
}

void EscposMachine::set(PrinterTrouble trouble, bool on) {
  troubles_[static_cast<std::size_t>(trouble)] = on;
  notice_change();
}

std::vector<typeset::DotBitmap> EscposMachine::tickets() const {
  const auto lock = look();
  return {paper_.tickets().begin(), paper_.tickets().end()};
}

std::vector<typeset::DotBitmap> EscposMachine::scraps() const {
  const auto lock = look();
  return {paper_.scraps().begin(), paper_.scraps().end()};
}

typeset::DotBitmap EscposMachine::hanging() const {
  const auto lock = look();
  return paper_.hanging();
}

std::vector<std::uint8_t> EscposMachine::received() const {
  const auto lock = look();
  return {received_.begin(), received_.end()};
}

long EscposMachine::stray_characters() const {
  const auto lock = look();
  return stray_characters_;
}

long EscposMachine::rows() const {
  const auto lock = look();
  return paper_.rows();
}

std::uint8_t EscposMachine::status(int query) const {
  unsigned bits = 0x12U | type_.status_dialect[static_cast<std::size_t>(query - 1)];
  if (query == 1 && stopped()) bits |= 0x08U;
  if (query == 2) {
    if (has(cover_open)) bits |= 0x04U;
    if (has(paper_out)) bits |= 0x20U;
    if (cutter_error_ || has(overheated) || has(broken)) bits |= 0x40U;
  }
  if (query == 3) {
    if (cutter_error_) bits |= 0x08U;
    if (has(broken)) bits |= 0x20U;
    if (has(overheated)) bits |= 0x40U;
  }
  if (query == 3 && has(paper_jam)) bits |= 0x04U;
  if (query == 4 && has(paper_low)) bits |= 0x0CU;
  if (query == 4 && has(paper_out)) bits |= 0x6CU;
  return static_cast<std::uint8_t>(bits);
}

std::array<std::uint8_t, 4> EscposMachine::automatic_status() const {
  unsigned first = 0x10, second = 0;
  if (stopped()) first |= 0x08U;
  if (has(cover_open)) first |= 0x20U;
  if (cutter_error_) second |= 0x08U;
  if (has(broken)) second |= 0x20U;
  if (has(overheated)) second |= 0x40U;
  const unsigned third = has(paper_out) ? 0x0FU : has(paper_low) ? 0x03U : 0U;
  if (type_.automatic_status_broken) return {};
  return {static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second), static_cast<std::uint8_t>(third),
          type_.fourth_automatic_byte};
}

// Custom's answer to 10 04 14.
std::array<std::uint8_t, 6> EscposMachine::full_status() const {
  unsigned paper = 0, user = 0, recoverable = 0, unrecoverable = 0;
  if (has(paper_out)) paper |= 0x01U;
  if (has(paper_low)) paper |= 0x04U;
  if (presenter_.at_mouth()) paper |= 0x20U;
  if (has(cover_open)) user |= 0x02U;
  if (presenter_.motor_runs()) user |= 0x08U;
  if (has(overheated)) recoverable |= 0x01U;
  if (has(paper_jam)) recoverable |= 0x40U;
  if (cutter_error_) unrecoverable |= 0x01U;
  if (has(broken)) unrecoverable |= 0x08U;
  return {0x10,
          0x0F,
          static_cast<std::uint8_t>(paper),
          static_cast<std::uint8_t>(user),
          static_cast<std::uint8_t>(recoverable),
          static_cast<std::uint8_t>(unrecoverable)};
}

void EscposMachine::notice_change() {
  const auto now = automatic_status();
  if (!reported_ || (*reported_ == now && !type_.automatic_status_broken)) return;
  reported_ = now;
  answer({now[0], now[1], now[2], now[3]});
}

}  // namespace hal
