#include "hal/pcsc/card_conversation.h"

#include "base/secret.h"

namespace hal {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kByName = 0x04;
constexpr std::uint8_t kGetResponse = 0xC0;
// A card that always has one byte more would keep us for ever.
constexpr int kMostPieces = 16;
constexpr std::size_t kLongestAnswer = 4096;  // bytes, all pieces together

}  // namespace

std::optional<ResponseApdu> CardConversation::ask(const CommandApdu& command) {
  auto answer = transmit(command);
  if (answer && wants_other_length(answer->status)) {
    CommandApdu repeated = command;
    repeated.expected = length_in(answer->status);
    answer = transmit(repeated);
  }
  if (answer && !append_rest(*answer, command.cla)) return std::nullopt;
  return answer;
}

bool CardConversation::append_rest(ResponseApdu& answer, std::uint8_t cla) {
  for (int pieces = 0; has_more(answer.status); ++pieces) {
    if (pieces == kMostPieces || answer.data.size() > kLongestAnswer) {
      fault_ = SmartCardError::failed;
      return false;
    }
    auto rest = transmit({cla, kGetResponse, 0, 0, {}, length_in(answer.status)});
    if (rest && wants_other_length(rest->status)) rest = transmit({cla, kGetResponse, 0, 0, {}, length_in(rest->status)});
    if (!rest) return false;
    answer.data.insert(answer.data.end(), rest->data.begin(), rest->data.end());
    answer.status = rest->status;
  }
  return true;
}

std::optional<ResponseApdu> CardConversation::transmit(const CommandApdu& command) {
  if (fault_) return std::nullopt;
  const auto bytes = encode_command(command);
  if (!bytes) {
    fault_ = SmartCardError::failed;
    return std::nullopt;
  }
  auto wire = card_.transmit(*bytes);
  if (!wire) {
    fault_ = wire.error();
    return std::nullopt;
  }
  auto answer = decode_response(*wire);
  base::wipe(wire->data(), wire->size());
  if (!answer) fault_ = SmartCardError::failed;
  return answer;
}

bool CardConversation::select_application(std::span<const std::uint8_t> aid, std::uint8_t p2) {
  const auto answer = ask({0, kSelect, kByName, p2, {aid.begin(), aid.end()}, {}});
  return answer && answer->status == kStatusOk;
}

}  // namespace hal
