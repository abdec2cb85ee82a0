// Where in a scanner's reports the code lies, as its descriptor says, and what one report says. Usages are those of page
// 8C of the HID Point of Sale usage tables: FB, FC, FD the AIM identifier, FE decoded data, FF "continued"; the count of
// bytes is 3B of page 01. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "hal/scanner/aim_identifier.h"

namespace hal {

// Places are counted from the beginning of what one read brings, with the report's id where there is one.
struct HidPosLayout {
  std::optional<std::uint8_t> report;                                    // its id
  std::size_t data = 0;                                                  // byte
  std::size_t data_size = 0;                                             // bytes
  std::size_t count = 0;                                                 // byte
  std::size_t count_size = 0;                                            // 1 or 2 bytes, low byte first
  std::optional<std::array<std::size_t, kAimIdentifierSize>> symbology;  // bytes
  std::optional<std::size_t> continued;                                  // bit
  std::size_t shortest = 0;                                              // bytes of a report that has all of these
  std::vector<std::uint8_t> greeting;  // what enables it, as a report with its id; empty: it needs nothing
};

// scan_wrong_mode for a keyboard, scan_out_of_service when there are no such reports or they make no sense.
base::Result<HidPosLayout> find_hid_pos_layout(std::span<const std::uint8_t> report_descriptor);

struct HidPosReport {
  std::span<const std::uint8_t> data;  // of the bytes given
  std::optional<AimIdentifier> symbology;
  bool more = false;          // the code goes on
  bool perhaps_more = false;  // the report is full, and this layout does not say whether the code goes on
};

enum class HidPosNothing : std::uint8_t { other_report, damaged };

struct HidPosReading {
  std::optional<HidPosReport> report;
  HidPosNothing nothing = HidPosNothing::damaged;  // why there is none
};

HidPosReading read_hid_pos_report(const HidPosLayout& layout, std::span<const std::uint8_t> bytes);

}  // namespace hal
