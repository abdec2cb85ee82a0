// Whether a service is for this person, as far as the card can tell. Three honest answers besides ok: maybe (staff decide),
// not_yet, no.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "hal/person.h"
#include "kiosk/service_definition.h"

namespace kiosk {

struct EligibilityResult {
  Eligibility outcome = Eligibility::ok;
  std::vector<LocalText> say;  // the reasons for this outcome, in order of the rules; milder ones are left out
};

// What rules may ask about a person, without naming them:
//   age_months    whole months lived; absent when the birth date is unreadable or lies ahead
//   birth_ok      the birth field is a date that is not ahead
//   number_ok     the number's check digit fits
//   card_expired  absent when the card's validity is unreadable; false before its first day
//   document      "resident_card" "hmt_permit" "foreigner_permit_2017" "foreigner_permit_2023"
//                 "social_security_card" "electronic_id"
std::span<const std::string_view> eligibility_fact_names();
// An empty object without a person.
nlohmann::json eligibility_facts(const hal::Person* person, std::chrono::year_month_day today);
// The worst outcome of all rules that apply.
EligibilityResult assess(const ServiceDefinition& service, const nlohmann::json& facts);

}  // namespace kiosk
