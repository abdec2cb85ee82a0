#include "kiosk/eligibility.h"

namespace kiosk {
namespace {

std::string_view document_name(hal::DocumentKind kind) {
  switch (kind) {
    case hal::DocumentKind::resident_card:
      return "resident_card";
    case hal::DocumentKind::hmt_permit:
      return "hmt_permit";
    case hal::DocumentKind::foreigner_permit_2017:
      return "foreigner_permit_2017";
    case hal::DocumentKind::foreigner_permit_2023:
      return "foreigner_permit_2023";
    case hal::DocumentKind::social_security_card:
      return "social_security_card";
    case hal::DocumentKind::electronic_id:
      return "electronic_id";
  }
  return "";
}

}  // namespace

nlohmann::json eligibility_facts(const hal::Person* person, std::chrono::year_month_day today) {
  auto facts = nlohmann::json::object();
  if (!person) return facts;
  const auto birth = person->birth_date();
  const bool birth_ok = birth && *birth <= today;
  facts["birth_ok"] = birth_ok;
  if (birth_ok) facts["age_months"] = hal::age_in_months(*birth, today);
  facts["number_ok"] = person->checks.number_check_digit;
  if (person->checks.validity != hal::Validity::unreadable)
    facts["card_expired"] = person->checks.validity == hal::Validity::expired;
  facts["document"] = document_name(person->document);
  return facts;
}

}  // namespace kiosk
