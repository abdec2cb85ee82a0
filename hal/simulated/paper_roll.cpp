#include "hal/simulated/paper_roll.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hal {

PaperRoll::PaperRoll(int dots_per_line, int head_to_knife) : head_to_knife_(head_to_knife) {
  hanging_.width = dots_per_line;
  for (int i = 0; i < head_to_knife; ++i) feed_row();
  rows_ = 0;
}

void PaperRoll::print_row(std::span<const std::uint8_t> dots) {
  const auto stride = static_cast<std::size_t>(hanging_.stride());
  dots = dots.first(std::min(dots.size(), stride));
  hanging_.bytes.insert(hanging_.bytes.end(), dots.begin(), dots.end());
  ++hanging_.height;
  ++rows_;
  hanging_.bytes.resize(stride * static_cast<std::size_t>(hanging_.height));
}

typeset::DotBitmap PaperRoll::take_first(int rows) {
  const auto end = hanging_.bytes.begin() + static_cast<std::ptrdiff_t>(rows) * hanging_.stride();
  typeset::DotBitmap piece{hanging_.width, rows, {hanging_.bytes.begin(), end}};
  hanging_.bytes.erase(hanging_.bytes.begin(), end);
  hanging_.height -= rows;
  return piece;
}

void PaperRoll::cut() {
  tickets_.push_back(take_first(std::max(0, hanging_.height - head_to_knife_)));
  if (tickets_.size() > kMostTickets) tickets_.pop_front();
}

void PaperRoll::tear_off() {
  scraps_.push_back(take_first(hanging_.height));
  if (scraps_.size() > kMostTickets) scraps_.pop_front();
}

std::vector<typeset::DotBitmap> PaperRoll::collect() {
  std::vector<typeset::DotBitmap> pieces(std::make_move_iterator(tickets_.begin()), std::make_move_iterator(tickets_.end()));
  pieces.insert(pieces.end(), std::make_move_iterator(scraps_.begin()), std::make_move_iterator(scraps_.end()));
  tickets_.clear();
  scraps_.clear();
  return pieces;
}

}  // namespace hal
