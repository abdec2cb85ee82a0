#include "hal/simulated/escpos_interpreter.h"

#include <algorithm>
#include <utility>

namespace hal {
namespace {

constexpr std::uint8_t kLineFeed = 0x0A, kDle = 0x10, kEsc = 0x1B, kGs = 0x1D;
constexpr int kCharactersPerLine = 48;
constexpr int kLineOfText = 30;  // dots

std::size_t number(std::uint8_t low, std::uint8_t high) { return low + std::size_t{high} * 256; }

}  // namespace

std::optional<PrinterAction> EscposInterpreter::take(std::uint8_t byte) {
  if (in_image()) return take_image(byte);
  if (command_.empty() && byte != kDle && byte != kEsc && byte != kGs) return take_text(byte);
  command_.push_back(byte);
  if (command_.size() < 2) return std::nullopt;
  if (command_[0] == kEsc) return take_escape();
  if (command_[0] == kGs) return take_group();
  skip_real_time();
  return std::nullopt;
}

std::optional<PrinterAction> EscposInterpreter::finish(PrinterAction action) {
  command_.clear();
  return action;
}

std::optional<PrinterAction> EscposInterpreter::end_line() { return TextAction{std::exchange(characters_, 0)}; }

std::optional<PrinterAction> EscposInterpreter::take_text(std::uint8_t byte) {
  if (byte == kLineFeed) return characters_ > 0 ? end_line() : FeedAction{kLineOfText};
  if (byte < 0x20) return std::nullopt;
  ++characters_;
  if (characters_ == kCharactersPerLine) return end_line();
  return std::nullopt;
}

void EscposInterpreter::skip_real_time() {
  const std::size_t length = command_[1] == 0x04 || command_[1] == 0x05 ? 3
                             : command_[1] != 0x14                      ? 2
                             : command_.size() > 2 && command_[2] == 8  ? 10
                                                                        : 5;
  if (command_.size() >= length) command_.clear();
}

std::optional<PrinterAction> EscposInterpreter::take_escape() {
  const std::uint8_t name = command_[1];
  if (name == '@') {
    reset();
    return ResetAction{};
  }
  const bool has_argument = name == 'J' || name == 'd' || name == '3' || name == 'a' || name == 'E' || name == 't';
  if (has_argument && command_.size() < 3) return std::nullopt;
  if (name == 'i' || name == 'm') return finish(CutAction{});
  if (name == 'J') return finish(FeedAction{in_dots(command_[2])});
  if (name == 'd') return finish(FeedAction{command_[2] * kLineOfText});
  command_.clear();
  return std::nullopt;
}

std::optional<PrinterAction> EscposInterpreter::take_group() {
  const std::uint8_t name = command_[1];
  if (name == '(') return take_bracket();
  if (name == 'e' || name == 'R') return take_presenter();
  const bool feeding_cut = name == 'V' && command_.size() >= 3 && (command_[2] == 65 || command_[2] == 66);
  const std::size_t length = name == 'v' ? 8 : name == 'P' || feeding_cut ? 4 : 3;
  if (command_.size() < length) return std::nullopt;
  const std::uint8_t argument = command_[2];
  if (name == 'a') return finish(AutomaticStatusAction{argument != 0});
  if (name == 'r') return finish(StatusAction{});
  if (name == 'V') return finish(feeding_cut ? CutAction{in_dots(command_[3]), true} : CutAction{});
  if (name == 'I' && knows_identity_) return finish(IdentityAction{argument});
  if (name == 'I') characters_ += 2;
  if (name == 'P') units_per_inch_ = command_[3] == 0 ? dots_per_inch_ : command_[3];
  if (name == 'v') begin_image();
  command_.clear();
  return std::nullopt;
}

std::optional<PrinterAction> EscposInterpreter::take_presenter() {
  if (command_.size() < 3) return std::nullopt;
  const std::uint8_t n = command_[2];
  const bool ejector = command_[1] == 'e';
  const std::size_t length = ejector ? (n == 3 ? 4 : n == 0x20 ? 5 : 3) : n == '1' ? 4 : 3;
  if (command_.size() < length) return std::nullopt;
  if (ejector) return finish(EjectorAction{n});
  return finish(n == '1' ? RetractAction{command_[3]} : RetractAction{});
}

// GS ( x pL pH …: the length is part of the command, so unknown ones are skipped whole.
std::optional<PrinterAction> EscposInterpreter::take_bracket() {
  if (command_.size() < 5) return std::nullopt;
  const std::size_t length = number(command_[3], command_[4]);
  if (command_.size() < 5 + length) return std::nullopt;
  if (command_[2] != 'H' || length != 6 || command_[5] != 48) {
    command_.clear();
    return std::nullopt;
  }
  ProcessIdAction action;
  std::copy_n(command_.begin() + 7, 4, action.digits.begin());
  return finish(action);
}

// With characters in the line the command is not obeyed, and its dots are taken for characters.
void EscposInterpreter::begin_image() {
  if (characters_ > 0) return;
  row_bytes_ = number(command_[4], command_[5]);
  image_bytes_left_ = row_bytes_ * number(command_[6], command_[7]);
  row_.clear();
}

std::optional<PrinterAction> EscposInterpreter::take_image(std::uint8_t byte) {
  row_.push_back(byte);
  --image_bytes_left_;
  if (row_.size() < row_bytes_) return std::nullopt;
  return RowAction{std::exchange(row_, {})};
}

}  // namespace hal
