#include "hal/id_card/sdt_command.h"

#include <algorithm>
#include <array>

#include "hal/id_card/sdt_status.h"

namespace hal {
namespace {

using enum SdtCommand;

struct Success {
  SdtCommand command;
  std::uint8_t sw3;
  std::size_t shortest;
  std::size_t longest;
};

// Readers set up without photo leave it out. The wire length of an added address is known from one source only, so
// everything up to the 320 bytes of the vendors' buffers passes.
constexpr std::array kSuccesses{
    Success{reset, kSdtOk, 4, 4},
    Success{status, kSdtOk, 4, 4},
    Success{module_id, kSdtOk, 0x14, 0x14},
    Success{find_card, kSdtCardFound, 8, 8},
    Success{select_card, kSdtOk, 0x0C, 0x0C},
    Success{read_text, kSdtOk, 0x0108, 0x0108},
    Success{read_text, kSdtOk, 0x0508, 0x0508},
    Success{read_with_fingerprint, kSdtOk, 0x010A, 0x010A},
    Success{read_with_fingerprint, kSdtOk, 0x030A, 0x030A},
    Success{read_with_fingerprint, kSdtOk, 0x050A, 0x050A},
    Success{read_with_fingerprint, kSdtOk, 0x070A, 0x070A},
    Success{read_with_fingerprint, kSdtOk, 0x090A, 0x090A},
    Success{read_new_address, kSdtOk, 5, 4 + 320},
    Success{read_card_body_number, kSdtOk, 0x20, 0x20},
};

}  // namespace

bool sdt_length_possible(SdtCommand command, std::size_t length) {
  return length == kSdtShortestAnswer || std::ranges::any_of(kSuccesses, [&](const Success& row) {
           return row.command == command && length >= row.shortest && length <= row.longest;
         });
}

bool sdt_answer_possible(SdtCommand command, std::uint8_t sw3, std::size_t length) {
  if (sw3 != kSdtOk && sw3 != kSdtCardFound) return length == kSdtShortestAnswer;
  return std::ranges::any_of(kSuccesses, [&](const Success& row) {
    return row.command == command && sw3 == row.sw3 && length >= row.shortest && length <= row.longest;
  });
}

}  // namespace hal
