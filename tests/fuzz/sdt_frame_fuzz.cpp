// links: linli_hal
// Any bytes, as the answer to any command, in any pieces: no crash, no answer that breaks the decoder's promises.
// First byte: which command. Second byte: size of the pieces.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>

#include "hal/id_card/person_record.h"
#include "hal/id_card/sdt_frame.h"

namespace {

using hal::SdtCommand;
constexpr std::array kCommands{SdtCommand::reset,
                               SdtCommand::status,
                               SdtCommand::module_id,
                               SdtCommand::find_card,
                               SdtCommand::select_card,
                               SdtCommand::read_text,
                               SdtCommand::read_with_fingerprint,
                               SdtCommand::read_new_address,
                               SdtCommand::read_card_body_number};

void check(SdtCommand command, const hal::SdtAnswer& answer) {
  if (!hal::sdt_answer_possible(command, answer.sw3, answer.data.size() + hal::kSdtShortestAnswer)) std::abort();
  const auto text = hal::text_of_answer(command, answer.data);
  if (text)
    (void)hal::decode_person(*text,
                             std::chrono::year_month_day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const SdtCommand command = kCommands.at(data[0] % kCommands.size());
  const std::size_t piece = data[1] == 0 ? size : data[1];
  std::span<const std::uint8_t> wire(data + 2, size - 2);
  hal::SdtDecoder decoder;
  decoder.expect(command);
  while (!wire.empty()) {
    const auto next = wire.first(std::min(piece, wire.size()));
    if (const auto answer = decoder.feed(next)) {
      check(command, *answer);
      return 0;
    }
    wire = wire.subspan(next.size());
  }
  return 0;
}
