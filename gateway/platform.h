// The whole API of docs/api/openapi.yaml as a function from request to response. No socket, no thread of its own;
// one thread calls it.
#pragma once

#include <functional>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "gateway/answer_key.h"
#include "gateway/applicant_key.h"
#include "gateway/application_store.h"
#include "gateway/catalogue.h"
#include "gateway/device_list.h"
#include "gateway/http_message.h"
#include "gateway/office_key.h"
#include "gateway/progress_store.h"
#include "gateway/query_limit.h"
#include "gateway/terminal_store.h"
#include "gateway/ticket_store.h"

namespace gateway {

// Called once an application is stored, before the terminal learns of it; `repeat` when it was stored before.
using ReceivedSink = std::function<void(const StoredApplication& application, bool repeat)>;

// What the answers are made from. Everything outlives the platform's use of it.
struct Platform {
  const OfficeKeys& keys;
  const AnswerKey& answer_key;
  const DeviceList& devices;
  const Catalogue& catalogue;
  std::int64_t catalogue_version = 1;
  std::string signed_catalogue;  // the body of GET /v1/catalogue
  ApplicationStore& store;
  TicketStore& tickets;
  TerminalStore& terminals;
  ProgressStore& progress;
  const ApplicantKey& applicant_key;
  QueryLimit& query_limit;
  const base::Clock& clock;
  base::Random& random;  // for the names of problems in the log; never for keys
  ReceivedSink received;
};

Response answer(Platform& platform, const Request& request);

}  // namespace gateway
