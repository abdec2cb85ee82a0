#include "hal/id_card/sdt_status.h"

#include <algorithm>
#include <array>

namespace hal {
namespace {

using enum SdtMeaning;

constexpr std::array kStatuses{
    SdtStatus{0x90, ok, "success"},
    SdtStatus{0x9F, ok, "card found"},
    SdtStatus{0x91, no_such_item, "the card has no such item"},
    SdtStatus{0x10, link_error, "checksum error in the question"},
    SdtStatus{0x11, link_error, "length error in the question"},
    SdtStatus{0x21, not_able, "command unknown"},
    SdtStatus{0x23, not_able, "not permitted"},
    SdtStatus{0x24, look_again, "unrecognised error"},
    SdtStatus{0x31, card_refused, "the card does not accept the module"},
    SdtStatus{0x32, card_refused, "the module does not accept the card"},
    SdtStatus{0x33, card_data_bad, "integrity check of the text failed"},
    SdtStatus{0x37, card_data_bad, "integrity check of the fingerprint failed"},
    SdtStatus{0x3F, card_data_bad, "information length error"},
    SdtStatus{0x40, card_type_unknown, "card type not recognised"},
    SdtStatus{0x41, moved, "reading the card failed"},
    SdtStatus{0x47, look_again, "random number failed"},
    SdtStatus{0x60, reader_out_of_order, "self test failed"},
    SdtStatus{0x66, reader_out_of_order, "module not authorised"},
    SdtStatus{0x80, no_card, "no card"},
    SdtStatus{0x81, moved, "selecting the card failed"},
};

constexpr SdtStatus kOther{0x00, look_again, "code outside the table"};

}  // namespace

std::span<const SdtStatus> sdt_statuses() { return kStatuses; }

const SdtStatus& sdt_status(std::uint8_t sw3) {
  const auto* row = std::ranges::find(kStatuses, sw3, &SdtStatus::sw3);
  return row == kStatuses.end() ? kOther : *row;
}

}  // namespace hal
