#include "hal/simulated/serial_scanner.h"

#include <utility>

namespace hal {
namespace {

constexpr std::size_t kPacketRoom = 64;                        // packets: the 4096 bytes of a terminal's buffer
constexpr std::chrono::milliseconds kBetweenSerialCodes{150};  // least delay between two reads, set so on most scanners or longer

}  // namespace

SerialScanner::SerialScanner(SerialScannerSetting setting)
    : ScannerModel({"simulated", 0, 0, "SIM-SERIAL-1", {}}, kBetweenSerialCodes, kPacketRoom), setting_(std::move(setting)) {}

std::vector<ScannerModel::Piece> SerialScanner::encode(std::string_view code, AimIdentifier symbology, TimePoint) {
  std::string line = setting_.aim_identifier ? to_string(symbology) : std::string();
  line += code;
  line += setting_.suffix;
  return packets_of(std::move(line));
}

}  // namespace hal
