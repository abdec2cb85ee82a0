#include "kiosk/application.h"

#include "kiosk/plain_json.h"
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

TEST_F(AVisit, submits_canonical_bytes) {
  comes_to_saving();
  EXPECT_EQ(commands<SubmitToQueue>()[0]->submission.application.reveal(),
            R"({"answers":{"account":"0427","address":"虚构省样例市和平里3号楼2单元501","consent":true,"payout":"bank",)"
            R"("phone":"13800138000"},"applicant":{"address":"虚构省样例市和平里3号楼2单元501","birth":"19410308",)"
            R"("id_number":"000000194103080025","name":"王秀兰"},"checks":{"birth":true,"expired":false,"number":true},)"
            R"("language":"zh","service":{"id":"allowance","version":3}})");
}

TEST_F(AVisit, submits_no_applicant_without_a_card) {
  comes_to_repair_check();
  happens(SubmitApplication{});
  EXPECT_EQ(commands<SubmitToQueue>()[0]->submission.application.reveal(),
            R"({"answers":{"room":"501","urgent":"yes","where":"home"},"language":"zh","service":{"id":"repair","version":1}})");
}

TEST_F(AVisit, takes_nothing_from_the_card_that_the_service_does_not_take) {
  lays_card(kWang);
  happens(ChooseService{"repair"});
  chooses(1);
  chooses(0);
  happens(SubmitApplication{});
  const auto bytes = commands<SubmitToQueue>()[0]->submission.application.clone();
  for (const auto& value : {kWang.name, kWang.number, kWang.birth, kWang.address})
    EXPECT_EQ(bytes.reveal().find(value), std::string_view::npos);
}

TEST_F(AVisit, refuses_to_submit_text_that_is_not_utf8) {
  auto wang = person(kWang);
  wang.name = base::Secret("\xFF\xFE");
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  happens(hal::CardReaderEvent{hal::CardRead{std::move(wang)}});
  happens(ChooseService{"allowance"});
  chooses(0);
  chooses(0);
  happens(Skip{});
  chooses(0);
  happens(SubmitApplication{});
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(visit.state().notice, base::Failure::internal);
  EXPECT_TRUE(commands<SubmitToQueue>().empty());
}

// A session with the photo `bytes`, at a service of `services`.
std::string application_with_photo(const ServiceDefinition& service, std::string_view bytes) {
  Session session;
  session.person = person(kWang);
  session.person->photo = base::Secret(bytes);
  session.service = &service;
  auto application = canonical_application(session, "zh");
  EXPECT_TRUE(application.ok());
  return application ? std::string(application->reveal()) : "";
}

TEST(AnApplication, holds_the_photo_only_for_a_service_that_takes_it) {
  const auto services = a_service_with_photo();
  EXPECT_NE(application_with_photo(services[0], std::string_view("WLT\0\xFF", 5)).find(R"("photo":"574c5400ff")"),
            std::string::npos);
  EXPECT_EQ(application_with_photo(services[0], "").find("photo"), std::string::npos) << "this card has none";
  EXPECT_EQ(application_with_photo(two_services()[0], "WLT").find("photo"), std::string::npos);
}

TEST(PlainJson, is_wiped_all_the_way_down) {
  nlohmann::json value{{"a", {"secret"}}, {"b", 1}};
  wipe(value);
  EXPECT_TRUE(value.is_null());
}

}  // namespace
}  // namespace visit_test
