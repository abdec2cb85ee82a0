// linli-frame-decoder: looks for QR codes in the frames of a camera, for the kiosk that started it. It has no network, no
// file and little memory, because what it looks into is shown by anybody. Not for use by hand.
//
// Descriptors: 0 the frames' memory, 1 the socket to the kiosk (decoder_message.h).
#include <sys/mman.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>

#include "base/secret.h"
#include "hal/frame_decoder/decoder_message.h"
#include "hal/frame_decoder/decoding_ladder.h"
#include "hal/frame_decoder/program/sandbox.h"

namespace {

constexpr int kMemory = 0;
constexpr int kSocket = 1;
enum Exit : int { kDone = 0, kNotSetUp = 2, kNoRequest = 3, kLibraryFailed = 4 };

bool send_reply(hal::DecoderReply reply) {
  auto bytes = encode(reply);
  const bool sent = send(kSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  base::wipe(reply.bytes);
  base::wipe(bytes.data(), bytes.size());
  return sent;
}

hal::DecoderReply reply_of(std::uint32_t sequence, std::optional<hal::Symbol> symbol) {
  hal::DecoderReply reply;
  reply.sequence = sequence;
  if (!symbol) return reply;
  reply.outcome = hal::DecoderReply::Outcome::symbol;
  reply.modifier = symbol->modifier;
  reply.structured_append = symbol->structured_append;
  reply.reader_init = symbol->reader_init;
  reply.bytes = std::move(symbol->bytes);
  return reply;
}

int look_into_frames(const std::uint8_t* pixels) {
  hal::DecodingLadder ladder;
  std::array<std::uint8_t, 64> bytes{};
  while (true) {
    const auto size = recv(kSocket, bytes.data(), bytes.size(), 0);
    if (size <= 0) return kDone;  // the kiosk is gone
    const auto request = hal::parse_decoder_request(std::span(bytes).first(static_cast<std::size_t>(size)));
    if (!request) return kNoRequest;
    hal::grant_processor_time();
    auto symbol = ladder.look({pixels, request->width, request->height});
    if (!symbol) return kLibraryFailed;
    if (!send_reply(reply_of(request->sequence, *std::move(symbol)))) return kDone;
  }
}

}  // namespace

int main() {
  const void* const pixels = mmap(nullptr, hal::kMostFramePixels, PROT_READ, MAP_SHARED, kMemory, 0);
  if (pixels == MAP_FAILED || !hal::confine_resources()) return kNotSetUp;
  hal::DecoderReply ready;
  ready.outcome = hal::DecoderReply::Outcome::ready;
  ready.filtered = hal::filter_system_calls();
  if (!send_reply(ready)) return kNotSetUp;
  // Nothing is left to be tidied, and whatever exit handlers would do is none of a decoder's business.
  std::_Exit(look_into_frames(static_cast<const std::uint8_t*>(pixels)));
}
