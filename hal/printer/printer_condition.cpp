#include "hal/printer/printer_condition.h"

namespace hal {
namespace {

using base::Failure;

struct Signs {
  bool unrecoverable, cover_open, paper_end, cutter_error, overheated, offline;
};

// An open cover hides what else is wrong, and "offline" says nothing that a cause does not say better.
std::optional<Failure> worst_of(const Signs& signs) {
  if (signs.unrecoverable) return Failure::print_out_of_service;
  if (signs.cover_open) return Failure::print_cover_open;
  if (signs.paper_end) return Failure::print_no_paper;
  if (signs.cutter_error) return Failure::print_cutter_jam;
  if (signs.overheated) return Failure::print_overheated;
  if (signs.offline) return Failure::print_no_answer;
  return std::nullopt;
}

}  // namespace

PrinterCondition condition_of(const std::array<std::uint8_t, 4>& replies, const StatusBits& bits) {
  const auto set = [&replies](StatusBit bit) { return (replies[bit.query - 1U] & bit.mask) != 0; };
  const Signs signs{set(bits.unrecoverable), set(bits.cover_open), set(bits.paper_end),
                    set(bits.cutter_error),  set(bits.overheated), set(bits.offline)};
  return {worst_of(signs), set(bits.paper_near_end)};
}

PrinterCondition condition_of(const escpos::AutomaticStatus& status) {
  const auto set = [&status](std::size_t byte, unsigned mask) { return (status.bytes[byte] & mask) != 0; };
  const Signs signs{set(1, 0x20), set(0, 0x20), set(2, 0x0C), set(1, 0x08), set(1, 0x40), set(0, 0x08)};
  return {worst_of(signs), set(2, 0x03)};
}

}  // namespace hal
