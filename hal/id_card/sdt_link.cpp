#include "hal/id_card/sdt_link.h"

#include <algorithm>

#include "base/secret.h"

namespace hal {
namespace {

using std::chrono::milliseconds;

bool is_gone(const Transferred& moved) { return moved.error && *moved.error != TransportError::timeout; }

milliseconds left(base::Instant now, base::Instant deadline) {
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(deadline - now));
}

}  // namespace

LinkResult SdtLink::ask(ByteTransport& transport, SdtCommand command, bool drain) {
  wipe();  // also what a longer answer before the last one left
  if (!clear_line(transport, drain)) return {{}, LinkFault::gone};
  decoder_.expect(command);
  const base::Instant deadline = clock_.now() + timing_.deadline(command);
  const auto written = transport.write(encode_sdt_question(command), timing_.deadline(command));
  if (is_gone(written)) return {{}, LinkFault::gone};
  if (!written.ok()) return {{}, LinkFault::silent};
  return await(transport, deadline);
}

void SdtLink::wipe() {
  decoder_.wipe();
  base::wipe(piece_.data(), piece_.size());
}

bool SdtLink::clear_line(ByteTransport& transport, bool drain) {
  const milliseconds silence = drain ? timing_.drain_silence : milliseconds{0};
  const base::Instant limit = clock_.now() + timing_.drain_limit;
  while (true) {
    const auto read = transport.read(piece_, silence);
    base::wipe(piece_.data(), read.count);  // may be the rest of somebody's card
    if (is_gone(read)) return false;
    if (read.count == 0 || clock_.now() >= limit) return true;
  }
}

// A frame that has begun must go on without a long gap; before that only the deadline counts.
LinkResult SdtLink::await(ByteTransport& transport, base::Instant deadline) {
  while (true) {
    const base::Instant now = clock_.now();
    milliseconds patience = left(now, deadline);
    if (decoder_.begun()) patience = std::min(patience, timing_.inside_frame);
    const auto read = transport.read(piece_, patience);
    if (read.count > 0) {  // a call that timed out may have brought bytes all the same
      if (const auto answer = decoder_.feed(std::span(piece_).first(read.count))) return {answer, {}};
    }
    if (is_gone(read)) return {{}, LinkFault::gone};
    const bool over = read.count == 0 || clock_.now() >= deadline;
    if (over) return {{}, decoder_.begun() ? LinkFault::damaged : LinkFault::silent};
  }
}

}  // namespace hal
