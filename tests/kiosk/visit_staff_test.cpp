#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

class AStaffMember : public AVisit {
 public:
  AStaffMember() { hall.staff_page = true; }

  void types_pin(std::string_view pin) {
    happens(OpenHelp{});
    happens(OpenStaff{});
    for (const char digit : pin) happens(PressDigit{digit});
    happens(Next{});
  }
  void comes_in() {
    types_pin("2468");
    happens(StaffPinChecked{true, {}});
  }
};

TEST_F(AStaffMember, comes_in_with_the_pin_through_the_help_page) {
  types_pin("2468");
  ASSERT_EQ(commands<CheckStaffPin>().size(), 1U);
  EXPECT_EQ(commands<CheckStaffPin>().front()->pin.reveal(), "2468");
  EXPECT_EQ(overlay(), Overlay::staff_pin);
  EXPECT_TRUE(visit.state().staff.pin.empty()) << "nobody keeps it";
  happens(StaffPinChecked{true, {}});
  EXPECT_EQ(overlay(), Overlay::staff);
}

TEST_F(AStaffMember, is_told_that_the_pin_was_wrong_and_for_how_long_to_wait) {
  types_pin("0000");
  happens(StaffPinChecked{false, 60s});
  EXPECT_EQ(overlay(), Overlay::staff_pin);
  EXPECT_TRUE(visit.state().staff.refused);
  EXPECT_EQ(visit.state().staff.locked_for, 60s);
}

TEST_F(AStaffMember, finds_no_door_where_no_pin_was_set) {
  hall.staff_page = false;
  happens(OpenHelp{});
  happens(OpenStaff{});
  EXPECT_EQ(overlay(), Overlay::help);
}

TEST_F(AStaffMember, cannot_act_before_the_pin_was_right) {
  types_pin("0000");
  happens(DoStaff{StaffAction::send_now});
  happens(DoStaff{StaffAction::close_hall});
  EXPECT_TRUE(commands<SendNow>().empty());
  EXPECT_FALSE(visit.state().closed);
}

TEST_F(AStaffMember, can_come_in_on_every_page_and_the_resident_loses_nothing) {
  const std::vector<void (AVisit::*)()> pages{&AVisit::comes_to_first_question, &AVisit::comes_to_check,
                                              &AVisit::comes_to_receipt};
  for (const auto page : pages) {
    (this->*page)();
    const Stage before = stage();
    comes_in();
    EXPECT_EQ(overlay(), Overlay::staff);
    lifts_card();
    EXPECT_EQ(overlay(), Overlay::staff) << "staff take cards out";
    happens(CloseStaff{});
    EXPECT_EQ(overlay(), Overlay::none);
    EXPECT_EQ(stage(), before);
    ASSERT_TRUE(visit.state().session);
    happens(StartOver{});
    passes(kGoodbye);
  }
}

TEST_F(AStaffMember, prints_a_test_page_sends_now_and_checks_the_reader) {
  comes_in();
  happens(DoStaff{StaffAction::test_print});
  ASSERT_EQ(commands<Print>().size(), 1U);
  EXPECT_EQ(visit.state().staff.test_print, PrintProgress::printing);
  printing_ends(commands<Print>().front()->job, hal::PrintOutcome::confirmed);
  EXPECT_EQ(visit.state().staff.test_print, PrintProgress::printed);
  happens(DoStaff{StaffAction::send_now});
  EXPECT_EQ(commands<SendNow>().size(), 1U);
  happens(DoStaff{StaffAction::check_reader});
  EXPECT_EQ(commands<CheckReader>().size(), 1U);
}

TEST_F(AStaffMember, closes_the_machine_and_opens_it_again) {
  comes_to_first_question();
  comes_in();
  happens(DoStaff{StaffAction::close_hall});
  EXPECT_TRUE(visit.state().closed);
  EXPECT_FALSE(visit.state().session) << "nothing of the resident's is left";
  EXPECT_EQ(commands<ForgetEverything>().size(), 1U);
  EXPECT_FALSE(card_wanted());
  happens(BrowseServices{});
  EXPECT_EQ(stage(), Stage::welcome);
  comes_in();
  happens(DoStaff{StaffAction::open_hall});
  EXPECT_FALSE(visit.state().closed);
  EXPECT_TRUE(card_wanted());
}

TEST_F(AStaffMember, finds_a_closed_machine_as_it_was_left_whatever_somebody_set_on_it) {
  comes_in();
  happens(DoStaff{StaffAction::close_hall});
  happens(SetLanguage{"en"});
  happens(SetTextStep{TextStep::largest});
  passes(kInactivity);
  passes(kTimeToAnswer);
  EXPECT_EQ(visit.state().language, "zh");
  EXPECT_EQ(visit.state().text_step, TextStep::normal);
  EXPECT_TRUE(visit.state().closed);
}

TEST_F(AStaffMember, does_not_close_the_machine_while_an_application_is_being_saved) {
  comes_to_saving();
  comes_in();
  happens(DoStaff{StaffAction::close_hall});
  EXPECT_EQ(stage(), Stage::saving);
  EXPECT_FALSE(visit.state().closed);
}

TEST_F(AStaffMember, who_walks_away_leaves_no_open_door) {
  comes_in();
  passes(kInactivity);
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, rests_when_nobody_comes_and_wakes_at_a_touch_or_a_card) {
  passes(kInactivity);
  EXPECT_TRUE(visit.state().resting);
  EXPECT_FALSE(visit.deadline()) << "a resting machine wakes nobody up";
  happens(BrowseServices{});
  EXPECT_FALSE(visit.state().resting);
  EXPECT_EQ(stage(), Stage::welcome) << "the touch only wakes";
  passes(kInactivity);
  EXPECT_TRUE(visit.state().resting);
  lays_card(kWang);
  EXPECT_FALSE(visit.state().resting);
  EXPECT_EQ(stage(), Stage::services);
}

}  // namespace
}  // namespace visit_test
