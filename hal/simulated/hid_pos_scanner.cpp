#include "hal/simulated/hid_pos_scanner.h"

#include <algorithm>
#include <array>
#include <span>

namespace hal {
namespace {

constexpr std::size_t kReportRoom = 64;  // reports in Linux's hidraw
constexpr std::size_t kReport = 64;      // bytes
constexpr std::size_t kData = 56;        // bytes of a code in one report
constexpr std::size_t kThirdData = 58;
constexpr std::array<std::uint8_t, 2> kEnable{0xFE, 0x01};

constexpr auto kHoneywell = std::to_array<std::uint8_t>({
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01,                          // Bar Code Scanner, application
    0x09, 0x12, 0xA1, 0x02, 0x85, 0x02,                          //   Scanned Data Report, logical; report 2
    0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x01,        //   0..255, one byte
    0x05, 0x01, 0x09, 0x3B, 0x81, 0x02,                          //   1: Byte Count
    0x05, 0x8C, 0x95, 0x03, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD,  //   2..4: AIM identifier
    0x81, 0x02,                                                  //
    0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01,                    //   5..60: Decoded Data, buffered bytes
    0x06, 0x66, 0xFF, 0x95, 0x02, 0x09, 0x04, 0x81, 0x02,        //   61, 62: vendor
    0x05, 0x8C, 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02,  //   63: Decoded Data Continued
    0x75, 0x07, 0x81, 0x03, 0xC0,                                //   fill
    0x85, 0xFE, 0x06, 0x66, 0xFF, 0x75, 0x08, 0x95, 0x01,        //   feature report FE:
    0x09, 0x01, 0xB1, 0x02, 0xC0,                                //   01 = send in this mode
});

constexpr auto kNewland = std::to_array<std::uint8_t>({
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02,        // Bar Code Scanner, report 2
    0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,              //   bytes
    0x05, 0x01, 0x95, 0x01, 0x09, 0x3B, 0x81, 0x02,        //   1: Byte Count
    0x05, 0x8C, 0x95, 0x38, 0x09, 0xFE, 0x81, 0x02,        //   2..57: Decoded Data
    0x95, 0x04, 0x81, 0x03,                                //   58..61: reserved
    0x06, 0x00, 0xFF, 0x95, 0x01, 0x09, 0x01, 0x81, 0x02,  //   62: vendor symbology
    0x81, 0x03, 0xC0,                                      //   63: reserved
});

constexpr auto kThird = std::to_array<std::uint8_t>({
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02,  // Bar Code Scanner, Scanned Data Report, no id
    0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x03,        //   bytes
    0x19, 0xFB, 0x29, 0xFD, 0x81, 0x02,                          //   0..2: AIM identifier, as a range
    0x75, 0x07, 0x95, 0x01, 0x81, 0x03,                          //   3: fill, and
    0x75, 0x01, 0x09, 0xFF, 0x81, 0x02,                          //      Decoded Data Continued in bit 7
    0x05, 0x01, 0x75, 0x10, 0x09, 0x3B, 0x81, 0x02,              //   4, 5: Byte Count, low byte first
    0x75, 0x08, 0x95, 0x3A, 0x0B, 0xFE, 0x00, 0x8C, 0x00,        //   6..63: Decoded Data, the usage with its page
    0x81, 0x02, 0xC0, 0xC0,                                      //
});

constexpr auto kKeyboard = std::to_array<std::uint8_t>({
    0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07,  // Keyboard
    0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01,  //   modifiers
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02,              //
    0x75, 0x08, 0x95, 0x06, 0x19, 0x00, 0x29, 0x65,  //   keys
    0x81, 0x00, 0xC0,                                //
});

std::vector<std::uint8_t> report_of(HidPosVariant variant, std::string_view data, AimIdentifier symbology, bool more) {
  std::vector<std::uint8_t> report(kReport);
  const auto put = [&](std::size_t at, std::string_view bytes) {
    std::ranges::copy(bytes, report.begin() + static_cast<std::ptrdiff_t>(at));
  };
  const auto count = static_cast<std::uint8_t>(data.size());
  switch (variant) {
    case HidPosVariant::honeywell:
      report[0] = 0x02;
      report[1] = count;
      put(2, to_string(symbology));
      put(5, data);
      report[61] = 's';
      report[63] = more ? 0x01 : 0x00;
      break;
    case HidPosVariant::newland:
      report[0] = 0x02;
      report[1] = count;
      put(2, data);
      report[62] = 's';
      break;
    case HidPosVariant::third:
      put(0, to_string(symbology));
      report[3] = more ? 0x80 : 0x00;
      report[4] = count;
      put(6, data);
      break;
    case HidPosVariant::keyboard:
      break;
  }
  return report;
}

TransportInfo info_of(HidPosVariant variant) {
  TransportInfo info{"simulated", 0x0000, 0x0000, "SIM-HIDPOS-1", hid_pos_descriptor(variant)};
  return info;
}

}  // namespace

std::vector<std::uint8_t> hid_pos_descriptor(HidPosVariant variant) {
  switch (variant) {
    case HidPosVariant::honeywell:
      return {kHoneywell.begin(), kHoneywell.end()};
    case HidPosVariant::newland:
      return {kNewland.begin(), kNewland.end()};
    case HidPosVariant::third:
      return {kThird.begin(), kThird.end()};
    case HidPosVariant::keyboard:
      break;
  }
  return {kKeyboard.begin(), kKeyboard.end()};
}

HidPosScanner::HidPosScanner(HidPosVariant variant)
    : ScannerModel(info_of(variant), {}, kReportRoom), variant_(variant), enabled_(variant != HidPosVariant::honeywell) {}

void HidPosScanner::set_deaf(bool deaf) {
  const Change change = this->change();
  deaf_ = deaf;
}

std::string_view HidPosScanner::commands() const { return commands_; }

bool HidPosScanner::carry_out(const ModelCommand& command) {
  if (const auto on = command.turns("deaf")) return set_deaf(*on), true;
  return ScannerModel::carry_out(command);
}

std::vector<ScannerModel::Piece> HidPosScanner::encode(std::string_view code, AimIdentifier symbology, TimePoint) {
  if (variant_ == HidPosVariant::keyboard) return {};
  const std::size_t most = variant_ == HidPosVariant::third ? kThirdData : kData;
  std::vector<Piece> reports;
  while (!code.empty()) {
    const std::string_view part = code.substr(0, most);
    code.remove_prefix(part.size());
    reports.push_back(report_of(variant_, part, symbology, !code.empty()));
  }
  return reports;
}

bool HidPosScanner::hear(std::span<const std::uint8_t> bytes) {
  if (deaf_) return false;
  if (std::ranges::equal(bytes, kEnable)) enabled_ = true;
  return true;
}

void HidPosScanner::power_on() { enabled_ = variant_ != HidPosVariant::honeywell; }

}  // namespace hal
