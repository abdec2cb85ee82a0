// The application as the office gets it: one canonical JSON text, made once at submit.
#pragma once

#include "base/result.h"
#include "kiosk/visit_state.h"

namespace kiosk {

// {"answers":{…},"applicant":{…},"checks":{…},"language":"zh","service":{"id":…,"version":…}}: keys sorted, no white space,
// UTF-8. Of a `photo` question the answer is how many attachments
// belong to it. "left_to_staff":["where",…] names the questions the staff will ask, when there are any. Of the card only the
// fields in service.applicant; without a card neither applicant nor checks. `internal` when it is longer than
// offline_cache::kLongestApplication or holds text that is no UTF-8.
base::Result<base::Secret> canonical_application(const Session& session, const Language& language);

// A card's applications for one service, as chain_of() names them.
base::Secret chain_of(const std::string& service, const hal::Person& person);
// By what two applications are of the same applicant and service, and must arrive in order; empty without a card.
base::Secret chain_of(const Session& session);

}  // namespace kiosk
