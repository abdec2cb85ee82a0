// What a visit asks the world to do. The wiring in kiosk/app/ carries them out; none of them waits.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "base/secret.h"
#include "hal/code_scanner.h"
#include "hal/printer.h"
#include "offline_cache/status_query.h"
#include "offline_cache/submission.h"

namespace kiosk {

struct WantCard {
  bool wanted = false;
  bool photo = false;  // a service on offer takes it from the card
};
struct WantCode {
  std::optional<hal::ScanRequest> request;  // nothing: none is wanted any more
};
struct WantPictures {
  bool wanted = false;  // off: the camera's sensor rests
};
struct SubmitToQueue {
  offline_cache::Submission submission;
};
// Give a queue number; the answer is TicketIssued or TicketFailed. The same id again is the same number.
struct IssueTicket {
  base::Uuid id;
  char series = 'A';
};
// What has become of earlier applications; answered with StatusAnswer.
struct AskStatus {
  offline_cache::StatusQuestion question;
};
struct Print {
  hal::PrintJobId job = 0;
  hal::PrintDocument document;
};
struct CheckStaffPin {
  base::Secret pin;
};
struct SendNow {};           // forget the back-off: staff say that the network is back
struct CheckReader {};       // ask the card reader how it is, and bring it back if it does not answer
struct ForgetEverything {};  // a visit ended: overwrite every copy outside the visit (text cache, widget state, raster)

using Command = std::variant<WantCard, WantCode, WantPictures, SubmitToQueue, AskStatus, IssueTicket, Print, CheckStaffPin,
                             SendNow, CheckReader, ForgetEverything>;
using Commands = std::vector<Command>;

}  // namespace kiosk
