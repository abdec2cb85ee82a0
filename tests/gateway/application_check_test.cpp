#include "gateway/application_check.h"

#include <gtest/gtest.h>

#include "tests/gateway/office.h"

namespace {

using namespace gateway_test;

class AnApplication : public testing::Test {
 protected:
  std::string outcome(const json& application) const {
    const auto service = gateway::check_application(application, catalogue);
    if (service) return service->id + " " + std::to_string(service->version);
    return std::string(gateway::code_name(service.error().code)) + " " + std::string(service.error().field);
  }
  std::string with(const char* name, const json& value) const {
    json changed = sample_application();
    changed[name] = value;
    return outcome(changed);
  }
  std::string without(const char* name) const {
    json changed = sample_application();
    changed.erase(name);
    return outcome(changed);
  }
  gateway::Catalogue catalogue = two_services();
};

TEST_F(AnApplication, names_the_service_it_is_for) { EXPECT_EQ(outcome(sample_application()), "senior-allowance 1"); }

TEST_F(AnApplication, may_be_made_without_a_card) {
  json anonymous = sample_application();
  anonymous.erase("applicant");
  anonymous.erase("checks");
  EXPECT_EQ(outcome(anonymous), "senior-allowance 1");
}

TEST_F(AnApplication, misses_nothing_that_is_required) {
  EXPECT_EQ(outcome(json::array()), "application-invalid /application");
  EXPECT_EQ(without("answers"), "application-invalid /application/answers");
  EXPECT_EQ(without("language"), "application-invalid /application/language");
  EXPECT_EQ(without("service"), "application-invalid /application/service");
}

TEST_F(AnApplication, has_the_types_of_the_contract) {
  EXPECT_EQ(with("answers", json::array()), "application-invalid /application/answers");
  EXPECT_EQ(with("language", "x"), "application-invalid /application/language");
  EXPECT_EQ(with("language", "zh_CN"), "application-invalid /application/language");
  EXPECT_EQ(with("applicant", "王秀兰"), "application-invalid /application/applicant");
  EXPECT_EQ(with("applicant", {{"name", 7}}), "application-invalid /application/applicant");
  EXPECT_EQ(with("applicant", {{"birth", "1941-02-03"}}), "application-invalid /application/applicant");
  EXPECT_EQ(with("checks", {{"number", 1}}), "application-invalid /application/checks");
  EXPECT_EQ(with("service", {{"id", "senior-allowance"}}), "application-invalid /application/service");
  EXPECT_EQ(with("service", {{"id", 1}, {"version", 1}}), "application-invalid /application/service");
  for (const json& version : {json(0), json(-1), json(1.0), json("1"), json(99'999'999'999)})
    EXPECT_EQ(with("service", {{"id", "senior-allowance"}, {"version", version}}), "application-invalid /application/service");
}

TEST_F(AnApplication, asks_for_a_service_of_the_catalogue) {
  EXPECT_EQ(with("service", {{"id", "passport"}, {"version", 1}}), "unknown-service /application/service");
}

TEST_F(AnApplication, may_have_been_made_under_an_older_version_but_not_a_future_one) {
  EXPECT_EQ(with("service", {{"id", "senior-allowance"}, {"version", 2}}), "senior-allowance 2");
  EXPECT_EQ(with("service", {{"id", "senior-allowance"}, {"version", 3}}), "unknown-service /application/service");
}

TEST_F(AnApplication, may_say_more_than_this_version_knows) { EXPECT_EQ(with("later", {1, 2}), "senior-allowance 1"); }

}  // namespace
