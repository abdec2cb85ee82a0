// Inactivity, help, and the end of a visit.
#include <string_view>

#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

TEST_F(AVisit, asks_whether_somebody_is_there_after_three_minutes) {
  comes_to_first_question();
  passes(kInactivity - 1ms);
  EXPECT_EQ(overlay(), Overlay::none);
  passes(1ms);
  EXPECT_EQ(overlay(), Overlay::still_there);
  EXPECT_EQ(visit.state().seconds_left, 45);
}

TEST_F(AVisit, counts_the_seconds_down) {
  comes_to_first_question();
  passes(kInactivity);
  for (int left = 44; left > 0; --left) {
    passes(1s);
    EXPECT_EQ(visit.state().seconds_left, left);
  }
}

TEST_F(AVisit, wipes_when_nobody_answers) {
  comes_to_check();
  passes(kInactivity + kTimeToAnswer);
  EXPECT_EQ(stage(), Stage::take_card) << "the card still lies there";
  EXPECT_FALSE(visit.state().session);
  EXPECT_EQ(commands<ForgetEverything>().size(), 1U);
}

TEST_F(AVisit, goes_on_exactly_where_it_was_when_the_resident_is_still_there) {
  comes_to_first_question();
  chooses(0);
  chooses(1);
  types("04");
  passes(kInactivity + 44s);
  happens(StillHere{});
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(visit.state().seconds_left, 0);
  EXPECT_EQ(question(), "account");
  EXPECT_EQ(session().digits.reveal(), "04");
  passes(kInactivity - 1s);
  EXPECT_EQ(overlay(), Overlay::none) << "the whole time again";
}

TEST_F(AVisit, takes_any_touch_for_an_answer) {
  comes_to_first_question();
  passes(kInactivity + 10s);
  happens(Touched{});
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, does_not_do_what_a_press_on_the_covered_page_would_do) {
  comes_to_check();
  passes(kInactivity);
  happens(SubmitApplication{});
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(overlay(), Overlay::none) << "but somebody is there";
}

TEST_F(AVisit, ends_at_once_when_the_resident_says_that_it_is_done) {
  comes_to_first_question();
  lifts_card();
  happens(StillHere{});
  passes(kInactivity);
  happens(Done{});
  EXPECT_EQ(stage(), Stage::wiped);
}

TEST_F(AVisit, asks_again_and_again_without_limit) {
  comes_to_first_question();
  for (int i = 0; i < 50; ++i) {
    passes(kInactivity + 40s);
    happens(StillHere{});
  }
  EXPECT_EQ(question(), "address");
}

TEST_F(AVisit, takes_every_sign_of_the_resident_for_activity) {
  comes_to_first_question();
  const std::vector<std::string_view> signs{"touch", "card", "language"};
  for (const auto sign : signs) {
    passes(kInactivity - 1s);
    if (sign == "touch") happens(Touched{});
    if (sign == "card") lifts_card(), happens(StillHere{});
    if (sign == "language") happens(SetLanguage{"en"});
    passes(kInactivity - 1s);
    EXPECT_EQ(overlay(), Overlay::none) << sign;
  }
}

TEST_F(AVisit, does_not_take_the_machines_own_news_for_activity) {
  comes_to_first_question();
  passes(kInactivity - 1s);
  link_is(offline_cache::Link::down);
  printer_is(hal::DeviceState::online);
  passes(1s);
  EXPECT_EQ(overlay(), Overlay::still_there);
}

TEST_F(AVisit, ignores_a_clock_that_is_too_early) {
  comes_to_first_question();
  happens(TimePassed{});
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, asks_even_when_the_machine_slept_for_hours) {
  comes_to_first_question();
  clock.advance(5h);
  happens(TimePassed{});
  EXPECT_EQ(overlay(), Overlay::still_there);
  clock.advance(5h);
  happens(TimePassed{});
  EXPECT_FALSE(visit.state().session);
}

TEST_F(AVisit, gives_the_whole_time_again_for_a_touch_when_the_card_was_taken) {
  comes_to_first_question();
  lifts_card();
  passes(40s);
  happens(Touched{});
  EXPECT_EQ(overlay(), Overlay::card_away) << "a touch alone may be the next person's";
  EXPECT_EQ(visit.state().seconds_left, 45);
  passes(44s);
  EXPECT_TRUE(visit.state().session);
}

TEST_F(AVisit, may_be_ended_when_the_card_was_taken) {
  comes_to_first_question();
  lifts_card();
  happens(StartOver{});
  EXPECT_EQ(stage(), Stage::wiped);
}

TEST_F(AVisit, opens_help_over_the_page_and_closes_it) {
  comes_to_first_question();
  happens(ChooseOption{0});
  happens(OpenHelp{});
  EXPECT_EQ(overlay(), Overlay::help);
  happens(Next{});
  EXPECT_EQ(question(), "address") << "the page beneath is not pressed";
  happens(CloseHelp{});
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(session().chosen, 0U);
}

TEST_F(AVisit, asks_over_the_help_page_too_and_returns_to_it) {
  comes_to_first_question();
  happens(OpenHelp{});
  passes(kInactivity);
  EXPECT_EQ(overlay(), Overlay::still_there);
  happens(StillHere{});
  EXPECT_EQ(overlay(), Overlay::help);
  happens(Back{});
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(question(), "address");
}

TEST_F(AVisit, answers_the_question_by_a_press_on_help) {
  comes_to_first_question();
  lifts_card();
  happens(OpenHelp{});
  EXPECT_EQ(overlay(), Overlay::help);
  happens(CloseHelp{});
  EXPECT_EQ(question(), "address");
}

TEST_F(AVisit, can_be_ended_from_the_help_page) {
  comes_to_first_question();
  happens(OpenHelp{});
  happens(StartOver{});
  EXPECT_EQ(stage(), Stage::take_card);
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, comes_to_the_receipt_from_under_the_help_page) {
  comes_to_saving();
  happens(OpenHelp{});
  is_saved(application());
  EXPECT_EQ(stage(), Stage::receipt);
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, asks_before_it_forgets_what_somebody_set_at_welcome) {
  happens(SetLanguage{"en"});
  happens(SetTextStep{TextStep::largest});
  happens(OpenHelp{});
  passes(kInactivity);
  EXPECT_EQ(overlay(), Overlay::still_there) << "a slow reader";
  EXPECT_EQ(visit.state().seconds_left, 45);
  EXPECT_EQ(visit.state().language, "en");
  passes(kTimeToAnswer);
  EXPECT_EQ(visit.state().language, "zh");
  EXPECT_EQ(visit.state().text_step, TextStep::normal);
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_TRUE(visit.state().resting);
  EXPECT_FALSE(visit.deadline());
}

TEST_F(AVisit, lets_a_slow_reader_of_help_go_on_without_a_visit) {
  happens(SetLanguage{"en"});
  happens(OpenHelp{});
  for (int i = 0; i < 10; ++i) {
    passes(kInactivity + 40s);
    happens(Touched{});
    EXPECT_EQ(overlay(), Overlay::help);
    EXPECT_EQ(visit.state().language, "en");
  }
}

TEST_F(AVisit, may_be_left_by_somebody_who_began_nothing) {
  happens(SetLanguage{"en"});
  passes(kInactivity);
  happens(StartOver{});
  EXPECT_EQ(overlay(), Overlay::none);
  EXPECT_EQ(visit.state().language, "zh");
  EXPECT_TRUE(commands<ForgetEverything>().empty());
}

TEST_F(AVisit, takes_a_card_that_cannot_be_read_for_somebody_who_is_there) {
  happens(OpenHelp{});
  passes(kInactivity);
  happens(hal::CardReaderEvent{hal::CardRejected{base::Failure::card_moved}});
  EXPECT_EQ(overlay(), Overlay::help);
}

TEST_F(AVisit, keeps_page_and_answers_when_its_looks_change) {
  comes_to_first_question();
  happens(ChooseOption{1});
  for (const Theme theme : {Theme::black_on_white, Theme::white_on_black, Theme::low_glare}) {
    happens(SetTheme{theme});
    happens(SetLowLayout{true});
    happens(SetSteady{true});
    happens(SetTextStep{TextStep::largest});
    EXPECT_EQ(visit.state().theme, theme);
    EXPECT_TRUE(visit.state().steady);
    EXPECT_TRUE(visit.state().low_layout);
    EXPECT_EQ(question(), "address");
    EXPECT_EQ(session().chosen, 1U);
  }
}

TEST_F(AVisit, resets_its_looks_with_one_press_and_goes_on) {
  comes_to_first_question();
  happens(SetLanguage{"en"});
  happens(SetTheme{Theme::white_on_black});
  happens(SetLowLayout{true});
  happens(SetSteady{true});
  happens(SetTextStep{TextStep::largest});
  happens(ResetSettings{});
  EXPECT_FALSE(visit.state().steady);
  EXPECT_EQ(visit.state().theme, Theme::standard);
  EXPECT_FALSE(visit.state().low_layout);
  EXPECT_EQ(visit.state().text_step, TextStep::normal);
  EXPECT_EQ(visit.state().language, "en") << "the language is what the resident reads";
  EXPECT_EQ(question(), "address");
}

TEST_F(AVisit, shows_the_next_resident_none_of_the_last_ones_looks) {
  happens(SetTheme{Theme::low_glare});
  happens(SetLowLayout{true});
  happens(SetSteady{true});
  comes_to_first_question();
  EXPECT_EQ(visit.state().theme, Theme::low_glare);
  happens(StartOver{});
  lifts_card();
  passes(kGoodbye);
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(visit.state().theme, Theme::standard);
  EXPECT_FALSE(visit.state().low_layout);
  EXPECT_FALSE(visit.state().steady);
}

TEST_F(AVisit, says_goodbye_in_the_residents_language_and_greets_in_the_halls) {
  happens(SetLanguage{"en"});
  happens(SetTextStep{TextStep::largest});
  comes_to_first_question();
  happens(StartOver{});
  EXPECT_EQ(visit.state().language, "en");
  lifts_card();
  EXPECT_EQ(stage(), Stage::wiped);
  EXPECT_EQ(visit.state().text_step, TextStep::largest);
  passes(kGoodbye);
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(visit.state().language, "zh");
  EXPECT_EQ(visit.state().text_step, TextStep::normal);
}

TEST_F(AVisit, leaves_the_goodbye_at_a_touch) {
  comes_to_first_question();
  lifts_card();
  happens(StartOver{});
  EXPECT_EQ(stage(), Stage::wiped);
  happens(Touched{});
  EXPECT_EQ(stage(), Stage::welcome);
}

TEST_F(AVisit, can_be_started_over_from_every_page) {
  const std::vector<void (AVisit::*)()> pages{&AVisit::comes_to_first_question, &AVisit::comes_to_check,
                                              &AVisit::comes_to_receipt};
  std::size_t ends = 0;
  for (const auto page : pages) {
    (this->*page)();
    happens(StartOver{});
    EXPECT_EQ(stage(), Stage::take_card);
    EXPECT_EQ(commands<ForgetEverything>().size(), ++ends);
    lifts_card();
    happens(Touched{});
    EXPECT_EQ(stage(), Stage::welcome);
  }
}

TEST_F(AVisit, does_nothing_at_welcome_when_it_is_started_over) {
  happens(StartOver{});
  happens(Done{});
  happens(Back{});
  happens(AnotherService{});
  happens(PrintAgain{});
  happens(PaperIsHere{});
  happens(SubmitApplication{});
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_TRUE(commands<ForgetEverything>().empty());
}

// Every byte of the object itself, and everything the commands still carry.
TEST_F(AVisit, leaves_nothing_of_the_resident_behind) {
  comes_to_receipt();
  is_received(application(), "2026-000017");
  done.clear();
  happens(Done{});
  const std::string bytes(reinterpret_cast<const char*>(&visit), sizeof visit);  // NOLINT: that is the point
  for (const auto& value : personal_values()) EXPECT_EQ(bytes.find(value), std::string::npos) << value;
  EXPECT_EQ(bytes.find("2026-000017"), std::string::npos);
  EXPECT_EQ(bytes.find("20200101"), std::string::npos) << "valid from";
  ASSERT_EQ(done.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<ForgetEverything>(done[0]));
  EXPECT_TRUE(std::holds_alternative<WantCard>(done[1]));
}

}  // namespace
}  // namespace visit_test
