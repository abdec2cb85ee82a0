// What has become of earlier applications: what lies in this machine's own queue, and what the office says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/failure.h"
#include "base/secret.h"
#include "base/uuid.h"

namespace offline_cache {

inline constexpr std::chrono::seconds kStatusPatience{8};  // for the office's answer

// As the office set it (docs/api/openapi.yaml).
enum class OfficeState : std::uint8_t {
  received,
  forwarded,     // to those who decide
  in_progress,   // being worked on
  needs_action,  // by the applicant
  approved,
  refused,
  returned,  // to be made anew
  withdrawn,
  closed,
};

// By card, or by paper. The card's number is sealed to the office before it leaves.
struct StatusQuestion {
  base::Uuid id;  // of the question
  base::Secret id_number;
  // By card: a service, and the Submission::chain_of that its applications of this person have.
  struct Chained {
    std::string service;
    base::Secret chain_of;
  };
  std::vector<Chained> chains;
  std::string receipt_code;  // by paper, as scanned or typed; empty: by card
};

struct ApplicationStatus {
  base::Uuid id;
  std::string service;       // id; empty: not known here, it is sealed
  std::string number;        // the office's; empty while it waits
  std::string receipt_code;  // of what waits here
  enum class Where : std::uint8_t { waits_here, held_here, at_office };
  Where where = Where::waits_here;
  OfficeState state = OfficeState::received;  // at_office
  base::WallTime since;                       // of that state, or when it was saved here
};

struct StatusAnswer {
  base::Uuid id;
  std::vector<ApplicationStatus> applications;  // what waits here first, then the newest first
  std::optional<base::Failure> failure;         // the office could not be asked: more may be there
  bool unknown_paper = false;                   // no application of this machine has that code
};

}  // namespace offline_cache
