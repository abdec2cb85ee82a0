#pragma once

#include "gateway/applicant_key.h"
#include "gateway/application_store.h"
#include "gateway/office_key.h"
#include "gateway/progress_store.h"

namespace gateway {

// Tells `progress` of the newest applications that it does not know: all of them after an update, the last few after a
// power cut. One that the office's keys do not open any more is told to nobody.
base::Status catch_up(ProgressStore& progress, ApplicationStore& store, const OfficeKeys& keys, const ApplicantKey& key);

}  // namespace gateway
