#include "gateway/application_check.h"

#include <algorithm>

#include "gateway/json_members.h"

namespace gateway {
namespace {

using nlohmann::json;
using enum ProblemCode;

constexpr std::size_t kLongestLanguageTag = 35;  // characters; RFC 5646 §4.4.1
constexpr std::string_view kLanguageCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kBirthDigits = 8;  // YYYYMMDD

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= kLongestLanguageTag && consists_of(text, kLanguageCharacters);
}

bool is_applicant(const json& applicant) {
  if (!applicant.is_object() || !std::all_of(applicant.begin(), applicant.end(), [](const json& v) { return v.is_string(); }))
    return false;
  const auto birth = text_member(applicant, "birth");
  return !applicant.contains("birth") || (birth.size() == kBirthDigits && consists_of(birth, kDigits));
}

bool is_checks(const json& checks) {
  return checks.is_object() && std::all_of(checks.begin(), checks.end(), [](const json& v) { return v.is_boolean(); });
}

bool is_version(const json& version) { return version.is_number_integer() && version >= 1 && version <= kHighestServiceVersion; }

Verdict<ServiceReference> read_service(const json& service) {
  if (!has_exactly(service, {"id", "version"}) || text_member(service, "id").empty() || !is_version(service["version"]))
    return refuse(application_invalid, "The service is not an object of an id and a version.", "/application/service");
  return ServiceReference{std::string(text_member(service, "id")), service["version"].get<int>()};
}

}  // namespace

Verdict<ServiceReference> check_application(const json& application, const Catalogue& catalogue) {
  if (!application.is_object()) return refuse(application_invalid, "The application is not an object.", "/application");
  if (!member(application, "answers").is_object())
    return refuse(application_invalid, "The answers are missing or no object.", "/application/answers");
  if (!is_language(text_member(application, "language")))
    return refuse(application_invalid, "The language is missing or no language tag.", "/application/language");
  if (application.contains("applicant") && !is_applicant(application["applicant"]))
    return refuse(application_invalid, "The applicant is not an object of texts, birth as YYYYMMDD.", "/application/applicant");
  if (application.contains("checks") && !is_checks(application["checks"]))
    return refuse(application_invalid, "The checks are not an object of true and false.", "/application/checks");
  auto service = read_service(member(application, "service"));
  if (!service) return service;
  const auto* offered = catalogue.find(service->id);
  if (offered == nullptr || service->version > offered->version)
    return refuse(unknown_service, "The catalogue has no such service, or not yet this version.", "/application/service");
  return service;
}

std::optional<Problem> check_part_names(const json& application, const std::vector<NamedPart>& parts) {
  for (const auto& part : parts) {
    const auto count = std::count_if(parts.begin(), parts.end(), [&](const NamedPart& p) { return p.field == part.field; });
    if (!is_integer(member(member(application, "answers"), part.field.c_str()), static_cast<int>(count)))
      return Problem{application_invalid, "The answer to a question with parts is not their number.", "/parts"};
  }
  return std::nullopt;
}

}  // namespace gateway
