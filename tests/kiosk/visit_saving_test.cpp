// From submit to the receipt page.
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

using base::Failure;

TEST_F(AVisit, submits_the_answers_under_the_id_of_the_check_page) {
  comes_to_check();
  const auto id = application();
  EXPECT_TRUE(id.is_v7());
  happens(SubmitApplication{});
  EXPECT_EQ(stage(), Stage::saving);
  ASSERT_EQ(commands<SubmitToQueue>().size(), 1U);
  EXPECT_EQ(commands<SubmitToQueue>()[0]->submission.id, id);
}

TEST_F(AVisit, submits_once_however_often_the_button_is_pressed) {
  comes_to_check();
  for (int i = 0; i < 3; ++i) happens(SubmitApplication{});
  EXPECT_EQ(commands<SubmitToQueue>().size(), 1U);
}

TEST_F(AVisit, submits_nothing_before_the_check_page) {
  comes_to_first_question();
  happens(SubmitApplication{});
  EXPECT_TRUE(commands<SubmitToQueue>().empty());
}

TEST_F(AVisit, shows_the_receipt_once_the_queue_has_it) {
  comes_to_saving();
  is_saved(application());
  EXPECT_EQ(stage(), Stage::receipt);
  EXPECT_EQ(session().saved->receipt_code, "7K4-29M-6");
  EXPECT_TRUE(session().submitted.empty()) << "the bytes are the queue's now";
}

TEST_F(AVisit, does_not_believe_a_saved_of_another_application) {
  comes_to_saving();
  is_saved(ids.next());
  EXPECT_EQ(stage(), Stage::saving);
  EXPECT_FALSE(session().saved);
}

TEST_F(AVisit, does_not_believe_a_saved_before_it_has_submitted) {
  comes_to_check();
  is_saved(application());
  EXPECT_EQ(stage(), Stage::check);
}

TEST_F(AVisit, waits_a_moment_for_the_office_while_the_link_is_up) {
  link_is(offline_cache::Link::up);
  comes_to_saving();
  is_saved(application());
  EXPECT_EQ(stage(), Stage::saving);
  is_received(application());
  EXPECT_EQ(stage(), Stage::receipt);
  EXPECT_EQ(session().received_number, "2026-000017");
}

TEST_F(AVisit, does_not_wait_for_the_office_for_long) {
  link_is(offline_cache::Link::up);
  comes_to_saving();
  is_saved(application());
  passes(kWaitForOffice - 1ms);
  EXPECT_EQ(stage(), Stage::saving);
  passes(1ms);
  EXPECT_EQ(stage(), Stage::receipt);
  EXPECT_FALSE(session().received_number);
}

TEST_F(AVisit, does_not_wait_for_the_office_when_the_link_breaks) {
  link_is(offline_cache::Link::up);
  comes_to_saving();
  is_saved(application());
  link_is(offline_cache::Link::down);
  EXPECT_EQ(stage(), Stage::receipt);
}

TEST_F(AVisit, shows_no_receipt_for_an_application_that_is_received_but_not_saved) {
  link_is(offline_cache::Link::up);
  comes_to_saving();
  is_received(application());
  EXPECT_EQ(stage(), Stage::saving);
  is_saved(application());
  EXPECT_EQ(stage(), Stage::receipt);
}

TEST_F(AVisit, ignores_what_the_office_says_about_others) {
  comes_to_receipt();
  is_received(ids.next());
  EXPECT_FALSE(session().received_number);
}

TEST_F(AVisit, shows_the_number_when_the_office_answers_later) {
  comes_to_receipt();
  is_received(application());
  EXPECT_EQ(session().received_number, "2026-000017");
  EXPECT_EQ(commands<Print>().size(), 1U) << "the paper stays what it said";
}

TEST_F(AVisit, tells_that_the_office_has_a_question) {
  link_is(offline_cache::Link::up);
  comes_to_saving();
  is_saved(application());
  happens(offline_cache::CourierEvent{offline_cache::Refused{application(), Failure::save_record_held}});
  EXPECT_EQ(stage(), Stage::receipt);
  EXPECT_EQ(visit.state().notice, Failure::save_record_held);
}

TEST_F(AVisit, returns_to_the_check_page_when_saving_failed_and_retries_with_the_same_id_and_bytes) {
  comes_to_saving();
  const auto id = application();
  happens(offline_cache::CourierEvent{offline_cache::SaveFailed{id, Failure::save_io_error}});
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(visit.state().notice, Failure::save_io_error);
  happens(SetLanguage{"en"});
  happens(SubmitApplication{});
  const auto submitted = commands<SubmitToQueue>();
  ASSERT_EQ(submitted.size(), 2U);
  EXPECT_EQ(submitted[1]->submission.id, id);
  EXPECT_TRUE(submitted[0]->submission.application == submitted[1]->submission.application) << "bytes are made once";
}

TEST_F(AVisit, gives_changed_answers_a_new_id_after_a_failed_saving) {
  comes_to_saving();
  const auto id = application();
  happens(offline_cache::CourierEvent{offline_cache::SaveFailed{id, Failure::save_io_error}});
  happens(ChangeAnswer{"payout"});
  chooses(0);
  EXPECT_NE(application(), id) << "the queue may hold the earlier bytes under the earlier id";
  happens(SubmitApplication{});
  is_saved(id);
  EXPECT_EQ(stage(), Stage::saving) << "that was not this application";
}

TEST_F(AVisit, never_shows_the_number_of_the_earlier_answers) {
  comes_to_saving();
  is_received(application());
  passes(kQueuePatience);
  happens(ChangeAnswer{"payout"});
  chooses(0);
  happens(SubmitApplication{});
  is_saved(application());
  EXPECT_EQ(stage(), Stage::receipt);
  EXPECT_FALSE(session().received_number);
}

TEST_F(AVisit, keeps_the_id_when_an_answer_was_looked_at_but_not_changed) {
  comes_to_saving();
  const auto id = application();
  happens(offline_cache::CourierEvent{offline_cache::SaveFailed{id, Failure::save_io_error}});
  happens(ChangeAnswer{"payout"});
  happens(Next{});
  EXPECT_EQ(application(), id);
}

TEST_F(AVisit, ignores_that_saving_another_application_failed) {
  comes_to_saving();
  happens(offline_cache::CourierEvent{offline_cache::SaveFailed{ids.next(), Failure::save_io_error}});
  EXPECT_EQ(stage(), Stage::saving);
}

TEST_F(AVisit, does_not_wait_for_a_silent_queue_for_ever) {
  comes_to_saving();
  const auto id = application();
  passes(kQueuePatience);
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(visit.state().notice, Failure::internal);
  is_saved(id);
  EXPECT_EQ(stage(), Stage::receipt) << "late, but true";
}

TEST_F(AVisit, cannot_be_left_while_it_is_being_saved) {
  comes_to_saving();
  for (int i = 0; i < 2; ++i) {
    happens(Back{});
    happens(StartOver{});
    happens(Done{});
  }
  EXPECT_EQ(stage(), Stage::saving);
}

TEST_F(AVisit, counts_no_inactivity_while_it_is_being_saved) {
  comes_to_saving();
  passes(kQueuePatience - 1s);
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, starts_another_application_for_the_same_person) {
  comes_to_receipt();
  const auto first = application();
  printing_ends(hal::PrintOutcome::confirmed);
  happens(AnotherService{});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(session().person->name.reveal(), kWang.name);
  EXPECT_TRUE(session().answers.empty());
  happens(ChooseService{"repair"});
  chooses(1);
  chooses(0);
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_NE(application(), first);
  is_received(first);
  EXPECT_FALSE(session().received_number);
}

TEST_F(AVisit, carries_an_application_without_a_card_to_its_receipt) {
  comes_to_repair_check();
  happens(SubmitApplication{});
  is_saved(application());
  EXPECT_EQ(stage(), Stage::receipt);
  happens(Done{});
  EXPECT_EQ(stage(), Stage::wiped);
}

}  // namespace
}  // namespace visit_test
