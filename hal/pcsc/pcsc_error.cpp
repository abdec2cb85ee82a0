#include "hal/pcsc/pcsc_error.h"

#include <winscard.h>

namespace hal {

std::optional<SmartCardError> pcsc_error(long code) {
  switch (code) {
    case SCARD_S_SUCCESS:
    case SCARD_E_TIMEOUT:
      return std::nullopt;
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_E_INVALID_HANDLE:
    case SCARD_F_COMM_ERROR:      // between this process and the service
    case SCARD_F_INTERNAL_ERROR:  // the service died within an answer
      return SmartCardError::rebuild_context;
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
    case SCARD_E_NO_READERS_AVAILABLE:
      return SmartCardError::rebuild_list;
    case SCARD_E_NO_SMARTCARD:
    case SCARD_W_REMOVED_CARD:
      return SmartCardError::card_gone;
    case SCARD_W_RESET_CARD:
      return SmartCardError::card_reset;
    case SCARD_E_SHARING_VIOLATION:
    case SCARD_E_SERVER_TOO_BUSY:
      return SmartCardError::retry_later;
    case SCARD_W_UNRESPONSIVE_CARD:
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNSUPPORTED_CARD:
    case SCARD_E_PROTO_MISMATCH:
      return SmartCardError::turn_card;
    case SCARD_W_SECURITY_VIOLATION:
    case SCARD_E_NO_ACCESS:
      return SmartCardError::refused;
    case SCARD_E_CANCELLED:
    case SCARD_E_SYSTEM_CANCELLED:
      return SmartCardError::cancelled;
    default:
      return SmartCardError::failed;
  }
}

std::string_view name_of(SmartCardError error) {
  switch (error) {
    case SmartCardError::rebuild_context:
      return "rebuild context";
    case SmartCardError::rebuild_list:
      return "rebuild list";
    case SmartCardError::card_gone:
      return "card gone";
    case SmartCardError::card_reset:
      return "card reset";
    case SmartCardError::retry_later:
      return "retry later";
    case SmartCardError::turn_card:
      return "turn the card";
    case SmartCardError::refused:
      return "refused";
    case SmartCardError::cancelled:
      return "cancelled";
    case SmartCardError::failed:
      break;
  }
  return "failed";
}

}  // namespace hal
