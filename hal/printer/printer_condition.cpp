#include "hal/printer/printer_condition.h"

#include <algorithm>

namespace hal {
namespace {

using base::Failure;

// An open cover hides what else is wrong, and "offline" says nothing that a cause does not say better.
constexpr std::array kWorstFirst{Failure::print_out_of_service, Failure::print_cover_open, Failure::print_no_paper,
                                 Failure::print_paper_jam,      Failure::print_cutter_jam, Failure::print_overheated,
                                 Failure::print_no_answer};

struct Signs {
  bool unrecoverable, cover_open, paper_end, paper_jam, cutter_error, overheated, offline, paper_near_end;
};

PrinterCondition condition_of_signs(const Signs& signs) {
  const std::array<bool, kWorstFirst.size()> shown{signs.unrecoverable, signs.cover_open, signs.paper_end, signs.paper_jam,
                                                   signs.cutter_error,  signs.overheated, signs.offline};
  PrinterCondition condition;
  const auto first = std::find(shown.begin(), shown.end(), true);
  if (first != shown.end()) condition.failure = kWorstFirst[static_cast<std::size_t>(first - shown.begin())];
  condition.supply = signs.paper_end ? Supply::out : signs.paper_near_end ? Supply::low : Supply::full;
  return condition;
}

}  // namespace

PrinterCondition condition_of(const std::array<std::uint8_t, 4>& replies, const StatusBits& bits) {
  const auto set = [&replies](StatusBit bit) { return (replies[bit.query - 1U] & bit.mask) != 0; };
  return condition_of_signs({set(bits.unrecoverable), set(bits.cover_open), set(bits.paper_end), false, set(bits.cutter_error),
                             set(bits.overheated), set(bits.offline), set(bits.paper_near_end)});
}

PrinterCondition condition_of(const escpos::AutomaticStatus& status) {
  const auto set = [&status](std::size_t byte, unsigned mask) { return (status.bytes[byte] & mask) != 0; };
  return condition_of_signs(
      {set(1, 0x20), set(0, 0x20), set(2, 0x0C), false, set(1, 0x08), set(1, 0x40), set(0, 0x08), set(2, 0x03)});
}

PrinterCondition condition_of(std::span<const std::uint8_t> bytes, const FullStatus& form) {
  const auto set = [bytes](StatusByteBit bit) { return bit.byte <= bytes.size() && (bytes[bit.byte - 1U] & bit.mask) != 0; };
  auto condition = condition_of_signs({set(form.unrecoverable), set(form.cover_open), set(form.paper_end), set(form.paper_jam),
                                       set(form.cutter_error), set(form.overheated), false, set(form.paper_near_end)});
  if (form.ticket_waiting.mask != 0) condition.media = set(form.ticket_waiting) ? Media::present : Media::none;
  return condition;
}

PrinterCondition both(const PrinterCondition& a, const PrinterCondition& b) {
  PrinterCondition together;
  for (const Failure failure : kWorstFirst)
    if (!together.failure && (a.failure == failure || b.failure == failure)) together.failure = failure;
  together.supply = std::max(a.supply, b.supply);
  together.media = std::max(a.media, b.media);
  return together;
}

}  // namespace hal
