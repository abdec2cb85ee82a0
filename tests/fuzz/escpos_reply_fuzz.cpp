// links: linli_hal
// What a printer, or whatever poses as one, sends back. The first byte says what is awaited and in which slices it arrives.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "hal/printer/escpos_reply.h"
#include "hal/printer/printer_condition.h"

using namespace hal::escpos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t plan = data[0];
  hal::StatusBits bits;
  if ((plan & 0x80) != 0) bits.reply_mask = 0x13;
  const bool presenter = (plan & 0x40) != 0;
  ReplyParser parser{bits, presenter ? LongStatusForm{{0x10, 0x0F}, 6} : LongStatusForm{}, (plan & 0x20) != 0};
  if (presenter) parser.expect_long_status();
  if (presenter) parser.expect_identity();
  const int queries = plan & 0x07, fences = plan >> 3 & 0x03;
  for (int i = 0; i < queries; ++i) parser.expect_status(i % 4 + 1);
  for (int i = 0; i < fences; ++i) parser.expect_in_order();
  const std::size_t slice = (plan & 0x20) != 0 ? 1 : 7;
  int statuses = 0, in_order = 0, texts = 0;
  const hal::FullStatus form{{}, {}, 6, {3, 0x20}, {5, 0x40}, {3, 1}, {3, 4}, {4, 3}, {6, 1}, {6, 8}, {5, 1}};
  std::span<const std::uint8_t> rest(data + 1, size - 1);
  while (!rest.empty()) {
    const auto part = rest.first(std::min(slice, rest.size()));
    rest = rest.subspan(part.size());
    for (const auto& reply : parser.take(part)) {
      if (const auto* automatic = std::get_if<AutomaticStatus>(&reply)) (void)hal::condition_of(*automatic);
      if (const auto* status = std::get_if<RealTimeStatus>(&reply)) {
        if (status->query < 1 || status->query > 4) std::abort();
        (void)hal::condition_of({status->byte, status->byte, status->byte, status->byte}, bits);
        ++statuses;
      }
      if (std::holds_alternative<InOrderStatus>(reply)) ++in_order;
      if (std::holds_alternative<IdentityText>(reply)) ++texts;
      if (const auto* status = std::get_if<LongStatus>(&reply)) (void)hal::condition_of(status->bytes, form);
    }
  }
  if (statuses > queries || in_order > fences || texts > 1) std::abort();  // an answer to a question nobody asked
  return 0;
}
