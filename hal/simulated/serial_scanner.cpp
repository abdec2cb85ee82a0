#include "hal/simulated/serial_scanner.h"

#include "base/secret.h"

namespace hal {
namespace {

constexpr std::size_t kPacket = 64;                      // bytes
constexpr std::size_t kRoom = 64;                        // packets: the 4096 bytes of a terminal's buffer
constexpr std::chrono::milliseconds kBetweenCodes{150};  // least delay between two reads, set so on most scanners or longer

}  // namespace

SerialScanner::SerialScanner(SerialScannerSetting setting)
    : ScannerModel({"simulated", 0, 0, "SIM-SERIAL-1", {}}, kBetweenCodes, kRoom), setting_(std::move(setting)) {}

std::vector<ScannerModel::Piece> SerialScanner::encode(std::string_view code, AimIdentifier symbology, TimePoint) {
  std::string line = setting_.aim_identifier ? to_string(symbology) : std::string();
  line += code;
  line += setting_.suffix;
  std::vector<Piece> packets;
  for (std::size_t at = 0; at < line.size(); at += kPacket) {
    const auto part = std::string_view(line).substr(at, kPacket);
    packets.emplace_back(part.begin(), part.end());
  }
  base::wipe(line);
  return packets;
}

}  // namespace hal
