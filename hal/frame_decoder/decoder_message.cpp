#include "hal/frame_decoder/decoder_message.h"

#include <utility>

namespace hal {
namespace {

constexpr std::size_t kRequestSize = 8;
constexpr std::size_t kReplyHead = 10;
constexpr std::uint8_t kStructuredAppend = 1;
constexpr std::uint8_t kReaderInit = 2;
constexpr std::uint8_t kFiltered = 4;

void put(std::vector<std::uint8_t>& bytes, std::uint32_t number, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t at, int size) {
  std::uint32_t number = 0;
  for (int i = 0; i < size; ++i) number |= static_cast<std::uint32_t>(bytes[at + static_cast<std::size_t>(i)]) << (8 * i);
  return number;
}

}  // namespace

std::vector<std::uint8_t> encode(const DecoderRequest& request) {
  std::vector<std::uint8_t> bytes;
  put(bytes, request.sequence, 4);
  put(bytes, static_cast<std::uint32_t>(request.width), 2);
  put(bytes, static_cast<std::uint32_t>(request.height), 2);
  return bytes;
}

std::vector<std::uint8_t> encode(const DecoderReply& reply) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(kMostReplyBytes);
  put(bytes, reply.sequence, 4);
  bytes.push_back(static_cast<std::uint8_t>(reply.outcome));
  bytes.push_back(static_cast<std::uint8_t>(reply.modifier));
  bytes.push_back(static_cast<std::uint8_t>((reply.structured_append ? kStructuredAppend : 0) |
                                            (reply.reader_init ? kReaderInit : 0) | (reply.filtered ? kFiltered : 0)));
  bytes.push_back(0);
  put(bytes, static_cast<std::uint32_t>(reply.bytes.size()), 2);
  bytes.insert(bytes.end(), reply.bytes.begin(), reply.bytes.end());
  return bytes;
}

std::optional<DecoderRequest> parse_decoder_request(std::span<const std::uint8_t> bytes) {
  if (bytes.size() != kRequestSize) return std::nullopt;
  const DecoderRequest request{number_at(bytes, 0, 4), static_cast<int>(number_at(bytes, 4, 2)),
                               static_cast<int>(number_at(bytes, 6, 2))};
  if (!is_frame_size(request.width, request.height)) return std::nullopt;
  return request;
}

std::optional<DecoderReply> parse_decoder_reply(std::span<const std::uint8_t> bytes) {
  using Outcome = DecoderReply::Outcome;
  if (bytes.size() < kReplyHead || bytes.size() > kMostReplyBytes) return std::nullopt;
  const std::uint8_t outcome = bytes[4], modifier = bytes[5], flags = bytes[6];
  const std::size_t size = number_at(bytes, 8, 2);
  if (outcome > static_cast<std::uint8_t>(Outcome::ready) || modifier < '0' || modifier > '6' ||
      flags > (kStructuredAppend | kReaderInit | kFiltered) || bytes[7] != 0 || size != bytes.size() - kReplyHead)
    return std::nullopt;
  DecoderReply reply;
  reply.sequence = number_at(bytes, 0, 4);
  reply.outcome = static_cast<Outcome>(outcome);
  if (reply.outcome != Outcome::symbol && size != 0) return std::nullopt;
  if ((reply.outcome == Outcome::ready) != (reply.sequence == 0)) return std::nullopt;
  reply.modifier = static_cast<char>(modifier);
  reply.structured_append = (flags & kStructuredAppend) != 0;
  reply.reader_init = (flags & kReaderInit) != 0;
  reply.filtered = (flags & kFiltered) != 0;
  reply.bytes.assign(bytes.begin() + kReplyHead, bytes.end());
  return reply;
}

}  // namespace hal
