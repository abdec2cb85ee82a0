// One question, one answer, over bytes that may be lost, late, damaged or left over from before. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_timing.h"
#include "hal/transport/byte_transport.h"

namespace hal {

enum class LinkFault : std::uint8_t {
  silent,   // no sign of an answer before the deadline
  damaged,  // something came, but not a whole answer
  gone,     // the device was unplugged, or the transport cancelled
};

struct LinkResult {
  std::optional<SdtAnswer> answer;  // valid until the link is used again
  LinkFault fault = LinkFault::silent;
};

class SdtLink {
 public:
  SdtLink(const base::Clock& clock, const SdtTiming& timing) : clock_(clock), timing_(timing) {}

  // Throws away what waits in the line, asks, and waits for what can be the answer. After a question that went
  // unanswered set `drain`: a late answer must not be taken for the next one, so the line has to fall silent first.
  LinkResult ask(ByteTransport& transport, SdtCommand command, bool drain);

  // Overwrites what came last; to be called as soon as an answer with personal data has been used.
  void wipe();

 private:
  bool clear_line(ByteTransport& transport, bool drain);  // false: gone
  LinkResult await(ByteTransport& transport, base::Instant deadline);

  const base::Clock& clock_;
  const SdtTiming& timing_;
  SdtDecoder decoder_;
  std::array<std::uint8_t, 512> piece_{};
};

}  // namespace hal
