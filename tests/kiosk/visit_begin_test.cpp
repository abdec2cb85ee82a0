// From the welcome page to the first question.
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

using base::Failure;

TEST_F(AVisit, begins_at_welcome_and_wants_a_card) {
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_FALSE(visit.state().session);
  EXPECT_TRUE(card_wanted());
  passes(kInactivity);
  EXPECT_FALSE(visit.deadline()) << "nothing counts while nobody is there";
}

TEST_F(AVisit, opens_the_services_for_the_person_of_the_card) {
  lays_card(kWang);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(session().person->name.reveal(), kWang.name);
  EXPECT_TRUE(visit.state().card_on_plate);
}

TEST_F(AVisit, opens_the_services_without_a_card) {
  happens(BrowseServices{});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_FALSE(session().person);
  EXPECT_TRUE(card_wanted());
}

TEST_F(AVisit, takes_a_card_while_services_are_browsed) {
  happens(BrowseServices{});
  lays_card(kWang);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_TRUE(session().person);
}

TEST_F(AVisit, says_why_a_card_could_not_be_read_until_it_is_lifted) {
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  happens(hal::CardReaderEvent{hal::CardRejected{Failure::card_data_bad}});
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(visit.state().notice, Failure::card_data_bad);
  happens(Touched{});
  happens(SetTextStep{TextStep::largest});
  EXPECT_EQ(visit.state().notice, Failure::card_data_bad) << "it is being read in larger letters";
  lifts_card();
  EXPECT_FALSE(visit.state().notice);
}

TEST_F(AVisit, drops_a_notice_at_the_next_press) {
  happens(hal::CardReaderEvent{hal::CardRejected{Failure::card_moved}});
  happens(BrowseServices{});
  EXPECT_FALSE(visit.state().notice);
}

TEST_F(AVisit, asks_for_the_card_a_service_needs) {
  happens(BrowseServices{});
  happens(ChooseService{"allowance"});
  EXPECT_EQ(stage(), Stage::identify);
  lays_card(kWang);
  EXPECT_EQ(stage(), Stage::question);
  EXPECT_EQ(question(), "address");
}

TEST_F(AVisit, may_begin_with_a_service_from_the_welcome_page) {
  happens(ChooseService{"repair"});
  EXPECT_EQ(question(), "where");
}

TEST_F(AVisit, returns_from_the_card_page_to_the_services) {
  happens(ChooseService{"allowance"});
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
}

TEST_F(AVisit, ignores_a_service_the_hall_does_not_offer) {
  happens(ChooseService{"moon-travel"});
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_FALSE(visit.state().session);
}

TEST_F(AVisit, refuses_before_the_form_starts_when_nothing_can_be_saved) {
  intake_is(false, Failure::save_disk_full);
  lays_card(kWang);
  happens(ChooseService{"allowance"});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(visit.state().notice, Failure::save_disk_full);
  intake_is(true);
  happens(ChooseService{"allowance"});
  EXPECT_EQ(stage(), Stage::question);
}

TEST_F(AVisit, refuses_at_the_card_page_too_when_nothing_can_be_saved_any_more) {
  happens(ChooseService{"allowance"});
  intake_is(false, Failure::save_io_error);
  lays_card(kWang);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(visit.state().notice, Failure::save_io_error);
}

TEST_F(AVisit, says_that_the_service_is_not_yet_for_a_person_of_45) {
  lays_card(kLi);
  happens(ChooseService{"allowance"});
  ASSERT_EQ(stage(), Stage::not_eligible);
  ASSERT_EQ(session().eligibility.say.size(), 1U);
  EXPECT_EQ(session().eligibility.say[0].in("en"), "From 80");
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
}

TEST_F(AVisit, lets_a_doubtful_case_apply_and_keeps_the_reason) {
  auto wang = person(kWang);
  wang.checks.validity = hal::Validity::expired;
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  happens(hal::CardReaderEvent{hal::CardRead{std::move(wang)}});
  happens(ChooseService{"allowance"});
  EXPECT_EQ(stage(), Stage::question);
  EXPECT_EQ(session().eligibility.outcome, Eligibility::maybe);
  EXPECT_EQ(session().eligibility.say.size(), 1U);
}

TEST_F(AVisit, reads_no_card_in_passing_while_somebody_without_card_answers) {
  happens(ChooseService{"repair"});
  EXPECT_FALSE(card_wanted());
  lays_card(kLi);
  EXPECT_FALSE(session().person);
  EXPECT_EQ(question(), "where");
}

TEST_F(AVisit, goes_back_from_the_services_to_welcome_with_the_chosen_language) {
  happens(SetLanguage{"en"});
  happens(BrowseServices{});
  happens(Back{});
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(visit.state().language, "en");
  EXPECT_FALSE(visit.state().session);
}

TEST_F(AVisit, goes_back_from_a_category_to_all_of_them_and_stays_in_it_through_a_service) {
  lays_card(kWang);
  happens(ChooseCategory{Category::money});
  EXPECT_EQ(session().category, Category::money);
  happens(ChooseService{"allowance"});
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(session().category, Category::money);
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_FALSE(session().category);
  EXPECT_TRUE(session().person);
}

TEST_F(AVisit, begins_at_all_categories_again_after_a_receipt) {
  lays_card(kWang);
  happens(ChooseCategory{Category::money});
  comes_to_receipt();
  happens(AnotherService{});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_FALSE(session().category);
}

TEST_F(AVisit, ends_when_a_person_leaves_the_services) {
  lays_card(kWang);
  happens(Back{});
  EXPECT_EQ(stage(), Stage::take_card);
  EXPECT_FALSE(visit.state().session);
}

}  // namespace
}  // namespace visit_test
