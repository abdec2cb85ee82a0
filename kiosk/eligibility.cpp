#include "kiosk/eligibility.h"

#include <array>

namespace kiosk {
namespace {

constexpr std::array<std::string_view, 5> kFactNames{"age_months", "birth_ok", "number_ok", "card_expired", "document"};

}  // namespace

std::span<const std::string_view> eligibility_fact_names() { return kFactNames; }

EligibilityResult assess(const ServiceDefinition& service, const nlohmann::json& facts) {
  EligibilityResult result;
  for (const auto& rule : service.eligibility) {
    if (rule.outcome < result.outcome || rule.unless.accepts(facts)) continue;
    if (rule.outcome > result.outcome) result.say.clear();
    result.outcome = rule.outcome;
    result.say.push_back(rule.say);
  }
  return result;
}

}  // namespace kiosk
