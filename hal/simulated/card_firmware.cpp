#include "hal/simulated/card_firmware.h"

#include <algorithm>

namespace hal {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kReadBytes = 0xB0;
constexpr std::uint8_t kReadRecord = 0xB2;
constexpr std::uint8_t kGetResponse = 0xC0;
constexpr std::uint8_t kReadObject = 0xCA;
constexpr std::uint8_t kByName = 0x04;

constexpr std::uint16_t kWrongLength = 0x6700;
constexpr std::uint16_t kNoSuchObject = 0x6A88;
constexpr std::uint16_t kNotAllowed = 0x6986;
constexpr std::uint16_t kWrongParameters = 0x6B00;
constexpr std::uint16_t kUnknownInstruction = 0x6D00;
constexpr std::uint16_t kMoreFollows = 0x6100;
constexpr std::uint16_t kOtherLength = 0x6C00;

std::uint16_t with_length(std::uint16_t status, std::size_t length) {
  return static_cast<std::uint16_t>(status | (length & 0xFFU));
}

}  // namespace

void CardFirmware::reset() {
  selected_ = false;
  current_ = nullptr;
  waiting_.clear();
}

std::vector<std::uint8_t> CardFirmware::answer(std::span<const std::uint8_t> bytes) {
  const auto command = decode_command(bytes);
  ResponseApdu response = command ? carry_out(*command) : ResponseApdu{{}, kWrongLength};
  if (piece_size_ > 0 && response.data.size() > piece_size_ && command->ins != kGetResponse) {
    waiting_ = std::move(response.data);
    response = {{}, with_length(kMoreFollows, std::min(piece_size_, waiting_.size()))};
  }
  response.data.push_back(static_cast<std::uint8_t>(response.status >> 8U));
  response.data.push_back(static_cast<std::uint8_t>(response.status & 0xFFU));
  return response.data;
}

ResponseApdu CardFirmware::carry_out(const CommandApdu& command) {
  if (command.ins == kGetResponse) return next_piece(command.expected.value_or(256));
  waiting_.clear();
  if (command.ins == kSelect) return select(command);
  if (!selected_) return {{}, kNotAllowed};
  if (command.ins == kReadRecord) return read_record(command);
  if (command.ins == kReadBytes) return read_bytes(command);
  if (command.ins == kReadObject) return read_object(command);
  return {{}, kUnknownInstruction};
}

ResponseApdu CardFirmware::select(const CommandApdu& command) {
  if (command.p1 == kByName) {
    if (command.data != image_.aid) return {{}, kStatusFileNotFound};
    selected_ = true;
    current_ = nullptr;
    return {{}, kStatusOk};
  }
  if (!selected_ || command.data.size() < 2) return {{}, kStatusFileNotFound};
  const auto id = static_cast<std::uint16_t>(command.data[command.data.size() - 2] << 8U | command.data.back());
  const CardFile* found = file(id);
  if (found == nullptr) return {{}, kStatusFileNotFound};
  current_ = found;
  return {{}, kStatusOk};
}

ResponseApdu CardFirmware::read_record(const CommandApdu& command) {
  const unsigned short_id = command.p2 >> 3U;
  if (short_id != 0) current_ = file(static_cast<std::uint16_t>(0xEF00U | short_id));
  if (current_ == nullptr) return {{}, kNotAllowed};
  const auto found = current_->records.find(command.p1);
  if (found == current_->records.end()) return {{}, kStatusRecordNotFound};
  const std::size_t length = found->second.size();
  if (command.expected != 256 && command.expected != length) return {{}, with_length(kOtherLength, length)};
  return {found->second, kStatusOk};
}

ResponseApdu CardFirmware::read_bytes(const CommandApdu& command) {
  const auto offset = static_cast<std::size_t>(command.p1 << 8U | command.p2);
  if (current_ == nullptr) return {{}, kNotAllowed};
  if (offset > current_->bytes.size()) return {{}, kWrongParameters};
  const auto start = current_->bytes.begin() + static_cast<std::ptrdiff_t>(offset);
  const auto count = std::min<std::size_t>(command.expected.value_or(0), current_->bytes.size() - offset);
  return {{start, start + static_cast<std::ptrdiff_t>(count)}, kStatusOk};
}

ResponseApdu CardFirmware::read_object(const CommandApdu& command) const {
  const auto found = image_.objects.find(static_cast<std::uint16_t>(command.p1 << 8U | command.p2));
  if (found == image_.objects.end()) return {{}, kNoSuchObject};
  return {found->second, kStatusOk};
}

ResponseApdu CardFirmware::next_piece(std::size_t most) {
  if (waiting_.empty()) return {{}, kNotAllowed};
  const std::size_t ready = std::min(piece_size_, waiting_.size());
  if (most > ready) return {{}, with_length(kOtherLength, ready)};
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(most);
  ResponseApdu piece{{waiting_.begin(), end}, kStatusOk};
  waiting_.erase(waiting_.begin(), end);
  if (!waiting_.empty()) piece.status = with_length(kMoreFollows, std::min(piece_size_, waiting_.size()));
  return piece;
}

const CardFile* CardFirmware::file(std::uint16_t id) const {
  const auto found = std::ranges::find(image_.files, id, &CardFile::id);
  return found == image_.files.end() ? nullptr : &*found;
}

}  // namespace hal
