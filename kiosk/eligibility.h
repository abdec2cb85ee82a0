#pragma once

#include <chrono>
#include <nlohmann/json.hpp>

#include "hal/person.h"
#include "kiosk/service_definition.h"

namespace kiosk {

struct EligibilityResult {
  Eligibility outcome = Eligibility::ok;
  std::vector<LocalText> say;  // reasons, in order of the rules
};

// What rules may ask about a person, without naming them.
nlohmann::json eligibility_facts(const hal::Person* person, std::chrono::year_month_day today);
// The worst outcome of all rules that apply.
EligibilityResult assess(const ServiceDefinition& service, const nlohmann::json& facts);

}  // namespace kiosk
