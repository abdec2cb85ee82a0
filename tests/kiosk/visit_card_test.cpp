// The card lifted, laid again, or exchanged, at every stage.
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

using base::Failure;

TEST_F(AVisit, says_whom_to_ask_about_a_number_that_does_not_fit_and_goes_on) {
  hal::Person worn = person(kWang);
  worn.checks.number_check_digit = false;
  happens(hal::CardReaderEvent{hal::CardRead{std::move(worn)}});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(visit.state().notice, base::Failure::card_number_check);
  happens(ChooseService{"allowance"});
  EXPECT_FALSE(visit.state().notice) << "it goes with the next press";
}

TEST_F(AVisit, asks_at_once_when_the_card_is_lifted_at_the_services) {
  lays_card(kWang);
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::card_away);
  EXPECT_EQ(visit.state().seconds_left, 45);
}

TEST_F(AVisit, asks_when_the_card_is_lifted_at_the_page_that_says_not_yet) {
  lays_card(kLi);
  happens(ChooseService{"allowance"});
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::card_away);
  EXPECT_EQ(stage(), Stage::not_eligible);
}

TEST_F(AVisit, asks_when_the_card_is_lifted_at_a_question) {
  comes_to_first_question();
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::card_away);
}

TEST_F(AVisit, asks_when_the_card_is_lifted_at_the_check_page) {
  comes_to_check();
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::card_away);
}

TEST_F(AVisit, lets_the_card_be_lifted_while_saving) {
  comes_to_saving();
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::none);
  is_saved(application());
  EXPECT_EQ(stage(), Stage::receipt);
  happens(Done{});
  EXPECT_EQ(stage(), Stage::wiped) << "there is no card to take";
}

TEST_F(AVisit, lets_the_card_be_lifted_at_the_receipt) {
  comes_to_receipt();
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(stage(), Stage::receipt);
}

TEST_F(AVisit, wants_no_photo_where_no_service_takes_one) {
  comes_to_receipt();
  for (const auto* command : commands<WantCard>()) EXPECT_FALSE(command->photo);
}

TEST_F(AVisit, wants_the_photo_until_a_service_is_chosen_that_does_not_take_it) {
  const auto services = a_service_with_photo();
  Visit other(hall, services, translations, ids);
  const auto photo_wanted = [](const Commands& commands) -> std::optional<bool> {
    std::optional<bool> photo;
    for (const auto& command : commands)
      if (const auto* want = std::get_if<WantCard>(&command)) photo = want->photo;
    return photo;
  };
  const Moment now{clock.now(), clock.wall(), std::chrono::year{2026} / 11 / 23, 9, 0};
  EXPECT_EQ(photo_wanted(other.start()), true);
  other.handle(offline_cache::CourierEvent(offline_cache::IntakeChanged{true, {}}), now);
  EXPECT_EQ(photo_wanted(other.handle(hal::CardReaderEvent{hal::CardRead{person(kWang)}}, now)), std::nullopt);
  EXPECT_EQ(photo_wanted(other.handle(ChooseService{"repair"}, now)), false);
}

TEST_F(AVisit, minds_no_card_that_is_lifted_when_nobody_has_begun) {
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  lifts_card();
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, minds_no_strange_card_that_is_lifted_in_a_visit_without_one) {
  happens(ChooseService{"repair"});
  lays_card(kLi);
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, reminds_of_a_card_that_was_laid_but_never_used) {
  happens(ChooseService{"repair"});
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  happens(StartOver{});
  EXPECT_EQ(stage(), Stage::take_card);
}

TEST_F(AVisit, goes_on_without_the_card_when_the_resident_says_so) {
  comes_to_first_question();
  happens(ChooseOption{0});
  lifts_card();
  happens(StillHere{});
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(question(), "address");
  EXPECT_EQ(session().chosen, 0U);
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::none) << "it cannot be lifted twice";
}

TEST_F(AVisit, goes_on_when_the_same_card_is_laid_again) {
  comes_to_first_question();
  chooses(0);
  lifts_card();
  lays_card(kWang);
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(question(), "payout");
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::card_away) << "and asks again when it is lifted again";
}

TEST_F(AVisit, says_when_the_same_card_could_not_be_read_again) {
  comes_to_first_question();
  lifts_card();
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  happens(hal::CardReaderEvent{hal::CardRejected{Failure::card_moved}});
  EXPECT_EQ(overlay(), Overlay::card_away);
  EXPECT_EQ(visit.state().notice, Failure::card_moved);
}

TEST_F(AVisit, begins_anew_for_the_person_of_another_card) {
  happens(SetLanguage{"en"});
  comes_to_check();
  lifts_card();
  lays_card(kZhang);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(session().person->id_number.reveal(), kZhang.number);
  EXPECT_TRUE(session().answers.empty());
  EXPECT_FALSE(session().application);
  EXPECT_EQ(visit.state().language, "zh") << "the language was the other's wish";
  EXPECT_EQ(commands<ForgetEverything>().size(), 1U);
}

TEST_F(AVisit, begins_anew_for_the_next_card_at_a_receipt_that_was_left) {
  comes_to_receipt();
  lifts_card();
  lays_card(kZhang);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_FALSE(session().saved);
}

TEST_F(AVisit, keeps_what_is_being_saved_when_another_card_is_laid) {
  comes_to_saving();
  lifts_card();
  lays_card(kZhang);
  EXPECT_EQ(stage(), Stage::saving);
  EXPECT_EQ(session().person->id_number.reveal(), kWang.number);
}

TEST_F(AVisit, wipes_when_nobody_says_that_the_card_was_taken_on_purpose) {
  comes_to_check();
  lifts_card();
  passes(kTimeToAnswer - 1s);
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(visit.state().seconds_left, 1);
  passes(1s);
  EXPECT_EQ(stage(), Stage::wiped);
  EXPECT_FALSE(visit.state().session);
}

TEST_F(AVisit, waits_with_the_wiped_page_until_the_card_is_taken) {
  comes_to_first_question();
  happens(StartOver{});
  EXPECT_EQ(stage(), Stage::take_card);
  EXPECT_FALSE(visit.state().session);
  EXPECT_FALSE(card_wanted());
  passes(24h);
  EXPECT_EQ(stage(), Stage::take_card);
  lifts_card();
  EXPECT_EQ(stage(), Stage::wiped);
  EXPECT_TRUE(card_wanted());
}

TEST_F(AVisit, does_not_read_the_forgotten_card) {
  comes_to_first_question();
  happens(StartOver{});
  happens(hal::CardReaderEvent{hal::CardRead{person(kWang)}});
  EXPECT_EQ(stage(), Stage::take_card);
  EXPECT_FALSE(visit.state().session);
}

TEST_F(AVisit, does_not_wait_for_a_card_that_the_reader_cannot_see_any_more) {
  comes_to_first_question();
  happens(StartOver{});
  happens(hal::CardReaderEvent{hal::DeviceHealth{hal::DeviceState::no_device, {}, ""}});
  EXPECT_EQ(stage(), Stage::wiped);
}

TEST_F(AVisit, takes_a_lost_reader_not_for_a_lifted_card) {
  comes_to_first_question();
  happens(hal::CardReaderEvent{hal::DeviceHealth{hal::faulted_by(Failure::card_no_answer), Failure::card_no_answer, "R1"}});
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(question(), "address");
  EXPECT_FALSE(visit.state().card_on_plate);
}

TEST_F(AVisit, recognises_the_card_when_the_reader_recovers) {
  comes_to_check();
  happens(hal::CardReaderEvent{hal::DeviceHealth{hal::DeviceState::starting, {}, "R1"}});
  happens(hal::CardReaderEvent{hal::DeviceHealth{hal::DeviceState::online, {}, "R1"}});
  lays_card(kWang);
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_TRUE(visit.state().card_on_plate);
}

TEST_F(AVisit, begins_for_the_next_person_while_it_still_says_goodbye) {
  comes_to_first_question();
  happens(StartOver{});
  lifts_card();
  lays_card(kZhang);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(session().person->name.reveal(), kZhang.name);
}

TEST_F(AVisit, tells_the_next_person_while_it_still_says_goodbye_that_the_card_is_bad) {
  comes_to_first_question();
  happens(StartOver{});
  lifts_card();
  happens(hal::CardReaderEvent{hal::CardRejected{Failure::card_refused}});
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(visit.state().notice, Failure::card_refused);
}

}  // namespace
}  // namespace visit_test
