// A HID report descriptor as fields at places in reports (Device Class Definition for HID 1.11, 6.2.2). Pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace hal {

inline constexpr std::size_t kLongestReportDescriptor = 4096;  // bytes; Linux's limit as well
inline constexpr std::size_t kLongestHidReport = 8 * 4096;     // bits
inline constexpr std::size_t kMostHidFields = 1024;

enum class HidReportKind : std::uint8_t { input, output, feature };

// A usage with its page: HidUsage{0x8C, 0xFE}.
struct HidUsage {
  std::uint16_t page = 0;
  std::uint16_t id = 0;

  friend bool operator==(const HidUsage&, const HidUsage&) = default;
};

// Neighbouring values of one usage.
struct HidField {
  HidReportKind kind = HidReportKind::input;
  std::uint8_t report = 0;  // its id; 0 in a descriptor without ids
  HidUsage usage;           // {0, 0}: fill
  HidUsage application;     // of the collection at the top that holds it
  std::size_t offset = 0;   // bits from the beginning of the report, its id not counted
  std::size_t width = 0;    // bits of one value
  std::size_t count = 0;    // values
};

struct HidReportDescriptor {
  std::vector<HidField> fields;
  std::vector<HidUsage> applications;  // the collections at the top, in their order
  bool numbered = false;               // every report begins with its id

  std::size_t bits_of(HidReportKind kind, std::uint8_t report) const;  // 0: there is none
};

// scan_out_of_service with what is wrong.
base::Result<HidReportDescriptor> parse_hid_report_descriptor(std::span<const std::uint8_t> bytes);

}  // namespace hal
