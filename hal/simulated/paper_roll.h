// The paper of a simulated receipt printer: a head that blackens one row of dots at a time, and a knife some way after it.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "typeset/bitmap.h"

namespace hal {

class PaperRoll {
 public:
  static constexpr std::size_t kMostTickets = 100;  // older ones are thrown away

  PaperRoll(int dots_per_line, int head_to_knife);

  // Eight dots a byte, leftmost first; dots beyond the edge are lost, as on paper.
  void print_row(std::span<const std::uint8_t> dots);
  void feed_row() { print_row({}); }
  void cut();       // what has passed the knife becomes a ticket
  void tear_off();  // by hand: all that hangs, and it is no ticket

  std::vector<typeset::DotBitmap> collect();  // tickets and scraps, taken away

  long rows() const { return rows_; }  // printed or fed since the beginning
  const std::deque<typeset::DotBitmap>& tickets() const { return tickets_; }
  const std::deque<typeset::DotBitmap>& scraps() const { return scraps_; }
  const typeset::DotBitmap& hanging() const { return hanging_; }
  int head_to_knife() const { return head_to_knife_; }

 private:
  typeset::DotBitmap take_first(int rows);

  int head_to_knife_;
  long rows_ = 0;
  std::deque<typeset::DotBitmap> tickets_;
  std::deque<typeset::DotBitmap> scraps_;
  typeset::DotBitmap hanging_;
};

}  // namespace hal
