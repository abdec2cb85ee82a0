#include "tests/kiosk/visit_services.h"

#include <stdexcept>

#include "kiosk/service_reader.h"

namespace visit_test {
namespace {

constexpr const char* kAllowance = R"({
  "id": "allowance", "version": 3, "title": {"zh": "津贴", "en": "Allowance"}, "summary": {"zh": "每月", "en": "Monthly"},
  "pictogram": "cash-multiple", "needs_card": true, "applicant": ["name", "birth", "id_number", "address"], "promise_days": 20,
  "eligibility": [
    {"unless": {"properties": {"card_expired": {"const": false}}}, "outcome": "maybe", "say": {"zh": "过期", "en": "Expired"}},
    {"unless": {"properties": {"age_months": {"minimum": 959}}}, "outcome": "not_yet", "say": {"zh": "八十", "en": "From 80"}}],
  "questions": [
    {"id": "address", "title": {"zh": "住这里吗", "en": "Here?"}, "label": {"zh": "住址", "en": "Lives"}, "kind": "confirm",
     "prefill": "card.address", "options": [{"value": "elsewhere", "label": {"zh": "不住", "en": "No, elsewhere"}}],
     "schema": {"type": "string", "minLength": 1, "maxLength": 120}},
    {"id": "payout", "title": {"zh": "发到哪里", "en": "Where to?"}, "label": {"zh": "发放", "en": "Paid to"}, "kind": "choice",
     "options": [{"value": "card", "label": {"zh": "社保卡", "en": "Social card"}},
                 {"value": "bank", "label": {"zh": "银行", "en": "Bank"}, "hint": {"zh": "{card.name}的", "en": "Of {card.name}"}},
                 {"value": "family", "label": {"zh": "家人", "en": "Family"}}],
     "schema": {"enum": ["card", "bank", "family"]}},
    {"id": "account", "when": {"properties": {"payout": {"const": "bank"}}, "required": ["payout"]},
     "title": {"zh": "末四位", "en": "Last four?"}, "label": {"zh": "账号", "en": "Account"}, "kind": "digits",
     "digits": {"fewest": 4, "most": 4}, "schema": {"type": "string", "pattern": "^[0-9]{4}$"}},
    {"id": "phone", "title": {"zh": "电话", "en": "Phone?"}, "label": {"zh": "手机", "en": "Mobile"}, "kind": "digits",
     "digits": {"fewest": 11, "most": 11, "groups": [3, 4, 4]}, "optional": true,
     "schema": {"type": "string", "pattern": "^1[3-9][0-9]{9}$"}},
    {"id": "consent", "title": {"zh": "同意吗", "en": "Agree?"}, "label": {"zh": "同意", "en": "Consent"}, "kind": "yes_no",
     "schema": {"type": "boolean"}}],
  "receipt": [{"label": {"zh": "事项", "en": "Matter"}, "value": "service.title"},
              {"label": {"zh": "手机", "en": "Mobile"}, "value": "answer.phone"},
              {"label": {"zh": "发放", "en": "Paid to"}, "value": "answer.payout"},
              {"label": {"zh": "多久", "en": "When"}, "value": "promise"}]})";

constexpr const char* kRepair = R"({
  "id": "repair", "version": 1, "title": {"zh": "报修", "en": "Repair"}, "summary": {"zh": "坏了", "en": "Broken"},
  "pictogram": "wrench", "needs_card": false,
  "questions": [
    {"id": "where", "title": {"zh": "哪里", "en": "Where?"}, "label": {"zh": "哪里", "en": "Where"}, "kind": "choice",
     "options": [{"value": "home", "label": {"zh": "家", "en": "Home"}}, {"value": "public", "label": {"zh": "外", "en": "Outside"}}],
     "schema": {"enum": ["home", "public"]}},
    {"id": "room", "when": {"properties": {"where": {"const": "home"}}, "required": ["where"]},
     "title": {"zh": "几号", "en": "Room?"}, "label": {"zh": "房号", "en": "Room"}, "kind": "digits",
     "digits": {"fewest": 1, "most": 4}, "schema": {"type": "string", "pattern": "^[0-9]{1,4}$"}},
    {"id": "urgent", "title": {"zh": "急吗", "en": "Urgent?"}, "label": {"zh": "急", "en": "Urgent"}, "kind": "choice",
     "options": [{"value": "yes", "label": {"zh": "急", "en": "Yes"}},
                 {"value": "no", "label": {"zh": "不急", "en": "No"}, "stop": {"zh": "请改天", "en": "Another day, please"}}],
     "schema": {"enum": ["yes"]}}],
  "receipt": [{"label": {"zh": "房号", "en": "Room"}, "value": "answer.room"}]})";

}  // namespace

kiosk::ServiceDefinition service_from(const char* json) {
  kiosk::Complaint complaint;
  auto service = kiosk::read_service(nlohmann::json::parse(json), complaint);
  if (!service) throw std::runtime_error(complaint.first().value_or("no service"));
  return *std::move(service);
}

const std::vector<kiosk::ServiceDefinition>& two_services() {
  static const auto services = [] {
    std::vector<kiosk::ServiceDefinition> both;
    both.push_back(service_from(kAllowance));
    both.push_back(service_from(kRepair));
    return both;
  }();
  return services;
}

std::vector<kiosk::ServiceDefinition> a_service_with_photo() {
  std::vector<kiosk::ServiceDefinition> services;
  services.push_back(service_from(kAllowance));
  services.back().applicant.emplace_back(kiosk::kPhotoField);
  services.push_back(service_from(kRepair));
  return services;
}

}  // namespace visit_test
