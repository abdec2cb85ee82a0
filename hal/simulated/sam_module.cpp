#include "hal/simulated/sam_module.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_status.h"
#include "hal/simulated/sam_noise.h"
#include "hal/simulated/specimen_bytes.h"

namespace hal {
namespace {

constexpr std::uint8_t kBadChecksum = 0x10;
constexpr std::uint8_t kBadLength = 0x11;
constexpr std::uint8_t kUnknownCommand = 0x21;
constexpr std::uint8_t kReadFailed = 0x41;
constexpr std::uint8_t kNoCard = 0x80;
constexpr std::uint8_t kSelectFailed = 0x81;

constexpr std::size_t kInputBuffer = 64;     // bytes; more waits in the host
constexpr std::size_t kLongestQuestion = 8;  // value of the length field
constexpr std::size_t kQuestionLog = 4096;   // questions remembered
constexpr std::array<std::uint8_t, 3> kFrameStart{0xAA, 0x96, 0x69};
constexpr std::size_t kHeader = 5;  // frame start and length
constexpr std::array<std::uint8_t, 16> kModuleId{0x05, 0, 0x03, 0, 0x95, 0x48, 0x40, 0x01, 0x01, 0, 0, 0, 0x02, 0, 0, 0};

}  // namespace

std::size_t SamModule::take(std::span<const std::uint8_t> bytes, TimePoint now) {
  const std::size_t count = std::min(bytes.size(), kInputBuffer - input_.size());
  input_.insert(input_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
  parse(now);
  return count;
}

// The host's frames are searched for in the same way as the module's: anchor, length, checksum.
void SamModule::parse(TimePoint now) {
  while (true) {
    const auto start = std::ranges::search(input_, kFrameStart);
    if (start.empty()) {
      const auto keep = std::min<std::size_t>(input_.size(), kFrameStart.size() - 1);
      input_.erase(input_.begin(), input_.end() - static_cast<std::ptrdiff_t>(keep));
      return;
    }
    input_.erase(input_.begin(), start.begin());
    if (input_.size() < kHeader) return;
    const std::size_t length = static_cast<std::size_t>(input_[3]) << 8U | input_[4];
    if (length < 3 || length > kLongestQuestion) {
      input_.clear();
      send(encode_sdt_answer(kBadLength), now);
      return;
    }
    if (input_.size() < kHeader + length) return;
    const auto body = std::span(input_).subspan(3, 2 + length);
    const bool good = std::accumulate(body.begin(), body.end(), std::uint8_t{0}, std::bit_xor<std::uint8_t>{}) == 0;
    const auto command = static_cast<SdtCommand>(static_cast<std::uint16_t>(input_[5] << 8U | input_[6]));
    input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(kHeader + length));
    if (good)
      answer_question(command, now);
    else
      send(encode_sdt_answer(kBadChecksum), now);
  }
}

void SamModule::answer_question(SdtCommand command, TimePoint now) {
  if (questions_.size() < kQuestionLog) questions_.push_back(command);
  auto wire = answer_to(command);
  if (command == SdtCommand::read_text && wire.size() > kSdtShortestAnswer + 7) {
    if (replaced_read_) wire = *std::exchange(replaced_read_, std::nullopt);
    unplug_after_ = std::exchange(unplug_armed_, std::nullopt);
  }
  send(std::move(wire), now);
}

std::vector<std::uint8_t> SamModule::answer_to(SdtCommand command) {
  if (refuse_everything_) return encode_sdt_answer(*refuse_everything_);
  switch (command) {
    case SdtCommand::reset:
      if (card_ != Card::none) card_ = Card::lying;  // the field goes off and on
      return encode_sdt_answer(kSdtOk);
    case SdtCommand::status:
      return encode_sdt_answer(kSdtOk);
    case SdtCommand::module_id:
      return encode_sdt_answer(kSdtOk, kModuleId);
    case SdtCommand::find_card:
      return find();
    case SdtCommand::select_card:
      return select();
    case SdtCommand::read_text:
    case SdtCommand::read_with_fingerprint:
      return read(command);
    case SdtCommand::read_new_address:
      if (card_ != Card::read) return encode_sdt_answer(kReadFailed);
      return added_address_.empty() ? encode_sdt_answer(kSdtNoSuchItem) : encode_sdt_answer(kSdtOk, added_address_);
    case SdtCommand::read_card_body_number:
      return encode_sdt_answer(kSdtNoSuchItem);
  }
  return encode_sdt_answer(kUnknownCommand);
}

std::vector<std::uint8_t> SamModule::find() {
  if (card_ == Card::none || card_ == Card::read) return encode_sdt_answer(kNoCard);
  card_ = Card::found;
  return encode_sdt_answer(kSdtCardFound, std::array<std::uint8_t, 4>{});
}

std::vector<std::uint8_t> SamModule::select() {
  if (card_ != Card::found) return encode_sdt_answer(kSelectFailed);
  if (refuse_selecting_) {
    card_ = Card::lying;
    return encode_sdt_answer(*refuse_selecting_);
  }
  card_ = Card::selected;
  return encode_sdt_answer(kSdtOk, std::array<std::uint8_t, 8>{});
}

std::vector<std::uint8_t> SamModule::read(SdtCommand command) {
  if (card_ != Card::selected && card_ != Card::read) return encode_sdt_answer(kReadFailed);
  if (refuse_reading_) {
    card_ = Card::lying;
    return encode_sdt_answer(*refuse_reading_);
  }
  card_ = Card::read;
  const auto data = encode_read_data(command, text_, specimen_photo(kPhotoBytes), specimen_fingerprint(2 * kFingerprintBytes));
  return encode_sdt_answer(kSdtOk, data);
}

void SamModule::send(std::vector<std::uint8_t> wire, TimePoint now) {
  if (silent_ || now < booted_ || wire.empty()) return;
  if (damaged_checksums_ > 0) {
    --damaged_checksums_;
    wire.back() ^= 0x01U;
  }
  if (noisy_) wire = damaged_in_turn(std::move(wire), noise_turn_++);
  output_.insert(output_.end(), wire.begin(), wire.end());
  output_ready_ = now + delay_;
}

std::size_t SamModule::give(std::span<std::uint8_t> buffer, TimePoint now) {
  if (now < output_ready_) return 0;
  if (unplug_after_ == 0U) {
    unplug_after_.reset();
    pull_plug();
    return 0;
  }
  std::size_t count = std::min(buffer.size(), output_.size());
  if (piece_size_ > 0) count = std::min(count, piece_size_);
  if (unplug_after_) {
    count = std::min(count, *unplug_after_);
    *unplug_after_ -= count;
  }
  const auto end = output_.begin() + static_cast<std::ptrdiff_t>(count);
  std::copy(output_.begin(), end, buffer.begin());
  output_.erase(output_.begin(), end);
  return count;
}

std::optional<DeviceModel::TimePoint> SamModule::wakes_at() const {
  return output_.empty() ? std::nullopt : std::optional(output_ready_);
}

void SamModule::on_plug(TimePoint now) { booted_ = now + boot_time_; }

void SamModule::on_unplug() {
  input_.clear();
  output_.clear();
  unplug_after_.reset();
  if (card_ != Card::none) card_ = Card::lying;
}

}  // namespace hal
