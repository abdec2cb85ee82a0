#include "hal/id_card/sdt_timing.h"

namespace hal {

std::chrono::milliseconds SdtTiming::deadline(SdtCommand command) const {
  switch (command) {
    case SdtCommand::reset:
    case SdtCommand::status:
    case SdtCommand::module_id:
      return short_answer;
    case SdtCommand::find_card:
    case SdtCommand::select_card:
      return card_answer;
    case SdtCommand::read_new_address:
      return address_answer;
    case SdtCommand::read_text:
    case SdtCommand::read_with_fingerprint:
    case SdtCommand::read_card_body_number:
      return read_answer;
  }
  return read_answer;
}

}  // namespace hal
