#include "hal/scanner/hid_pos_report.h"

#include <algorithm>

#include "hal/scanner/hid_report_descriptor.h"

namespace hal {
namespace {

using base::Failure;

constexpr HidUsage kBarCodeScanner{0x8C, 0x02};
constexpr HidUsage kDecodedData{0x8C, 0xFE};
constexpr HidUsage kContinued{0x8C, 0xFF};
constexpr HidUsage kByteCount{0x01, 0x3B};
constexpr std::array<HidUsage, kAimIdentifierSize> kAimBytes{HidUsage{0x8C, 0xFB}, HidUsage{0x8C, 0xFC}, HidUsage{0x8C, 0xFD}};
constexpr std::array<HidUsage, 2> kKeyboards{HidUsage{0x01, 0x06}, HidUsage{0x01, 0x07}};
constexpr std::uint8_t kEnablingReport = 0xFE;  // a feature report of Honeywell and Youjie: 01 = send in this mode
constexpr std::size_t kByte = 8;

const HidField* find(const HidReportDescriptor& descriptor, const HidField* beside, HidUsage usage) {
  const auto found = std::ranges::find_if(descriptor.fields, [&](const HidField& field) {
    return field.kind == HidReportKind::input && field.application == kBarCodeScanner && field.usage == usage &&
           (beside == nullptr || field.report == beside->report);
  });
  return found == descriptor.fields.end() ? nullptr : &*found;
}

bool is_bytes(const HidField& field) { return field.offset % kByte == 0 && field.width == kByte; }
bool is_count(const HidField& field) {
  return field.offset % kByte == 0 && (field.width == kByte || field.width == 2 * kByte) && field.count == 1;
}

// Three usages of a byte each, or one of three bytes.
std::optional<std::array<std::size_t, kAimIdentifierSize>> find_symbology(const HidReportDescriptor& descriptor,
                                                                          const HidField& data, std::size_t before) {
  std::array<std::size_t, kAimIdentifierSize> places{};
  const HidField* first = find(descriptor, &data, kAimBytes[0]);
  if (first == nullptr || !is_bytes(*first)) return std::nullopt;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const HidField* field = find(descriptor, &data, kAimBytes.at(i));
    if (field != nullptr && is_bytes(*field))
      places.at(i) = before + field->offset / kByte;
    else if (first->count == kAimIdentifierSize)
      places.at(i) = before + first->offset / kByte + i;
    else
      return std::nullopt;
  }
  return places;
}

std::vector<std::uint8_t> greeting_for(const HidReportDescriptor& descriptor) {
  const std::size_t bits = descriptor.bits_of(HidReportKind::feature, kEnablingReport);
  if (!descriptor.numbered || bits == 0) return {};
  std::vector<std::uint8_t> report(1 + (bits + kByte - 1) / kByte);
  report[0] = kEnablingReport;
  report[1] = 1;
  return report;
}

}  // namespace

base::Result<HidPosLayout> find_hid_pos_layout(std::span<const std::uint8_t> report_descriptor) {
  const auto descriptor = parse_hid_report_descriptor(report_descriptor);
  if (!descriptor) return descriptor.error();
  const HidField* data = find(*descriptor, nullptr, kDecodedData);
  if (data == nullptr) {
    const bool keyboard = std::ranges::find_first_of(descriptor->applications, kKeyboards) != descriptor->applications.end();
    return {keyboard ? Failure::scan_wrong_mode : Failure::scan_out_of_service, "no report with decoded data"};
  }
  const HidField* count = find(*descriptor, data, kByteCount);
  if (count == nullptr || !is_count(*count) || !is_bytes(*data) || data->count == 0)
    return {Failure::scan_out_of_service, "a report of decoded data without bytes or without their count"};

  const std::size_t before = descriptor->numbered ? 1 : 0;
  HidPosLayout layout;
  if (descriptor->numbered) layout.report = data->report;
  layout.data = before + data->offset / kByte;
  layout.data_size = data->count;
  layout.count = before + count->offset / kByte;
  layout.count_size = count->width / kByte;
  layout.symbology = find_symbology(*descriptor, *data, before);
  if (const HidField* continued = find(*descriptor, data, kContinued)) layout.continued = kByte * before + continued->offset;
  layout.shortest = before + (descriptor->bits_of(HidReportKind::input, data->report) + kByte - 1) / kByte;
  layout.greeting = greeting_for(*descriptor);
  return layout;
}

HidPosReading read_hid_pos_report(const HidPosLayout& layout, std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return {};
  if (layout.report && bytes[0] != *layout.report) return {{}, HidPosNothing::other_report};
  if (bytes.size() < layout.shortest) return {};
  std::size_t count = bytes[layout.count];
  if (layout.count_size == 2) count |= static_cast<std::size_t>(bytes[layout.count + 1]) << kByte;
  if (count > layout.data_size) return {};
  HidPosReport report;
  report.data = bytes.subspan(layout.data, count);
  if (layout.symbology) {
    std::array<std::uint8_t, kAimIdentifierSize> identifier{};
    std::ranges::transform(*layout.symbology, identifier.begin(), [&](std::size_t place) { return bytes[place]; });
    report.symbology = parse_aim_identifier(identifier);
  }
  if (layout.continued)
    report.more = (std::uint32_t{bytes[*layout.continued / kByte]} >> (*layout.continued % kByte) & 1U) != 0;
  else
    report.perhaps_more = count == layout.data_size;
  return {report, {}};
}

}  // namespace hal
