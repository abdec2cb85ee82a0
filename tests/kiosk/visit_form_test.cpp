// One question at a time, back, change one answer and return.
#include "kiosk/form_rows.h"
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

TEST_F(AVisit, asks_the_questions_one_after_another) {
  comes_to_first_question();
  EXPECT_EQ(question(), "address");
  chooses(0);
  EXPECT_EQ(question(), "payout");
  chooses(0);
  EXPECT_EQ(question(), "phone") << "the account is asked only of those who want a bank";
}

TEST_F(AVisit, keeps_the_cards_value_when_it_is_confirmed) {
  comes_to_first_question();
  chooses(0);
  EXPECT_EQ(*session().answers.find("address"), kWang.address);
}

TEST_F(AVisit, takes_the_other_answer_when_the_cards_value_is_wrong) {
  comes_to_first_question();
  chooses(1);
  EXPECT_EQ(*session().answers.find("address"), "elsewhere");
}

TEST_F(AVisit, has_nothing_to_confirm_when_the_card_has_no_address) {
  auto wang = person(kWang);
  wang.address.wipe();
  happens(hal::CardReaderEvent{hal::CardRead{std::move(wang)}});
  happens(ChooseService{"allowance"});
  happens(ChooseOption{1});
  EXPECT_FALSE(visit.can_go_on()) << "there is only one choice";
  chooses(0);
  EXPECT_EQ(*session().answers.find("address"), "elsewhere");
}

TEST_F(AVisit, goes_on_only_with_an_answer) {
  comes_to_first_question();
  EXPECT_FALSE(visit.can_go_on());
  happens(Next{});
  EXPECT_EQ(question(), "address");
  EXPECT_FALSE(session().answer_refused) << "nothing was answered yet";
  happens(ChooseOption{0});
  EXPECT_TRUE(visit.can_go_on());
}

TEST_F(AVisit, ignores_an_option_that_is_not_there) {
  comes_to_first_question();
  happens(ChooseOption{99});
  EXPECT_FALSE(session().chosen);
}

TEST_F(AVisit, counts_the_digits_that_are_missing) {
  comes_to_first_question();
  chooses(0);
  chooses(1);
  EXPECT_EQ(visit.digits_missing(), 4);
  types("04x");
  EXPECT_EQ(visit.digits_missing(), 2);
  EXPECT_FALSE(visit.can_go_on());
  types("27");
  EXPECT_TRUE(visit.can_go_on());
  types("9");
  EXPECT_EQ(session().digits.reveal(), "0427") << "no more than the question takes";
  happens(EraseDigit{});
  EXPECT_EQ(visit.digits_missing(), 1);
  happens(ClearDigits{});
  EXPECT_EQ(visit.digits_missing(), 4);
}

TEST_F(AVisit, refuses_digits_that_do_not_fit_and_keeps_them) {
  comes_to_first_question();
  chooses(0);
  chooses(0);
  types("23800138000");  // no mobile number begins so
  EXPECT_FALSE(visit.can_go_on());
  happens(Next{});
  EXPECT_EQ(question(), "phone");
  EXPECT_TRUE(session().answer_refused);
  EXPECT_EQ(session().digits.reveal(), "23800138000");
  happens(EraseDigit{});
  EXPECT_FALSE(session().answer_refused);
}

TEST_F(AVisit, does_not_go_on_with_an_option_that_stops) {
  happens(ChooseService{"repair"});
  chooses(1);
  EXPECT_EQ(question(), "urgent");
  chooses(1);
  EXPECT_EQ(question(), "urgent");
  EXPECT_TRUE(session().answer_refused);
}

TEST_F(AVisit, skips_only_what_is_optional) {
  comes_to_first_question();
  happens(Skip{});
  EXPECT_EQ(question(), "address");
  chooses(0);
  chooses(0);
  happens(Skip{});
  EXPECT_EQ(question(), "consent");
  EXPECT_EQ(session().answers.find("phone"), nullptr);
}

TEST_F(AVisit, shows_the_earlier_answer_when_one_goes_back) {
  comes_to_first_question();
  chooses(0);
  chooses(1);
  types("0427");
  happens(Next{});
  happens(Back{});
  EXPECT_EQ(question(), "account");
  EXPECT_EQ(session().digits.reveal(), "0427");
  happens(Back{});
  EXPECT_EQ(question(), "payout");
  EXPECT_EQ(session().chosen, 1U);
  happens(Back{});
  EXPECT_EQ(session().chosen, 0U) << "the confirmed address";
  happens(Next{});
  EXPECT_EQ(question(), "payout") << "and forward again, without answering anew";
}

TEST_F(AVisit, goes_back_from_the_first_question_to_the_services_and_keeps_the_answers) {
  comes_to_first_question();
  chooses(0);
  happens(Back{});
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
  happens(ChooseService{"allowance"});
  EXPECT_EQ(question(), "address");
  EXPECT_EQ(session().chosen, 0U);
}

TEST_F(AVisit, forgets_the_answers_when_another_service_is_chosen) {
  comes_to_check();
  const auto first = application();
  for (int i = 0; i < 6; ++i) happens(Back{});
  ASSERT_EQ(stage(), Stage::services);
  happens(ChooseService{"repair"});
  EXPECT_EQ(question(), "where");
  EXPECT_TRUE(session().answers.empty());
  EXPECT_NE(session().application, first);
  EXPECT_TRUE(session().person);
}

TEST_F(AVisit, forgets_an_answer_whose_question_is_not_asked_any_more) {
  comes_to_check();
  happens(ChangeAnswer{"payout"});
  chooses(0);
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(session().answers.find("account"), nullptr);
}

TEST_F(AVisit, changes_one_answer_and_returns_to_the_check_page) {
  comes_to_check();
  const auto id = application();
  happens(ChangeAnswer{"phone"});
  EXPECT_EQ(session().digits.reveal(), "13800138000");
  happens(EraseDigit{});
  types("1");
  happens(Next{});
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(*session().answers.find("phone"), "13800138001");
  EXPECT_EQ(application(), id) << "nothing was submitted yet: it is the same application";
}

TEST_F(AVisit, asks_what_a_changed_answer_makes_necessary_before_it_returns) {
  comes_to_check();
  happens(ChangeAnswer{"payout"});
  chooses(0);
  happens(ChangeAnswer{"payout"});
  chooses(1);
  EXPECT_EQ(question(), "account");
  happens(Back{});
  EXPECT_EQ(question(), "payout");
  happens(Next{});
  types("9999");
  happens(Next{});
  EXPECT_EQ(stage(), Stage::check);
}

TEST_F(AVisit, leaves_an_answer_unchanged_when_one_goes_back_from_changing_it) {
  comes_to_check();
  happens(ChangeAnswer{"payout"});
  happens(ChooseOption{2});
  happens(Back{});
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(*session().answers.find("payout"), "bank");
}

TEST_F(AVisit, may_take_an_optional_answer_back) {
  comes_to_check();
  happens(ChangeAnswer{"phone"});
  happens(Skip{});
  EXPECT_EQ(stage(), Stage::check);
  EXPECT_EQ(session().answers.find("phone"), nullptr);
}

TEST_F(AVisit, goes_back_from_the_check_page_to_the_last_question_and_forth) {
  comes_to_check();
  happens(Back{});
  EXPECT_EQ(question(), "consent");
  happens(Next{});
  EXPECT_EQ(stage(), Stage::check);
}

TEST_F(AVisit, cannot_change_what_comes_from_the_card) {
  comes_to_check();
  happens(ChangeAnswer{"name"});
  EXPECT_EQ(stage(), Stage::check);
}

TEST_F(AVisit, knows_the_step) {
  comes_to_first_question();
  EXPECT_EQ(visit.step().number, 1);
  EXPECT_EQ(visit.step().of, 5) << "four questions and the check page";
  chooses(0);
  chooses(1);
  EXPECT_EQ(visit.step().number, 3);
  EXPECT_EQ(visit.step().of, 6) << "the bank account came along";
}

TEST_F(AVisit, is_at_the_last_step_on_the_check_page) {
  comes_to_check();
  EXPECT_EQ(visit.step().number, 6);
  EXPECT_EQ(visit.step().of, 6);
}

TEST_F(AVisit, reads_everything_back) {
  comes_to_check();
  const auto rows = check_rows(visit.state(), translations, "en");
  std::vector<std::string> lines;
  for (const auto& row : rows)
    lines.push_back(row.label + ": " + std::string(row.value.reveal()) + (row.from_card ? " (card)" : " <" + row.question + ">"));
  const std::vector<std::string> expected{"Name: 王秀兰 (card)",
                                          "Born: 1941-03-08 (85 years old) (card)",
                                          "ID number: ****0025 (card)",
                                          "Address: 虚构省样例市和平里3号楼2单元501 (card)",
                                          "Lives: 虚构省样例市和平里3号楼2单元501 <address>",
                                          "Paid to: Bank <payout>",
                                          "Account: 0427 <account>",
                                          "Mobile: 138 0013 8000 <phone>",
                                          "Consent: Yes <consent>"};
  EXPECT_EQ(lines, expected);
}

TEST_F(AVisit, reads_back_that_a_question_was_skipped) {
  comes_to_check();
  happens(ChangeAnswer{"phone"});
  happens(Skip{});
  const auto rows = check_rows(visit.state(), translations, "en");
  EXPECT_EQ(rows[7].value.reveal(), "Not given");
  EXPECT_EQ(rows[7].question, "phone");
}

TEST_F(AVisit, keeps_page_and_answers_when_language_and_size_change) {
  comes_to_check();
  happens(ChangeAnswer{"phone"});
  happens(SetLanguage{"en"});
  happens(SetTextStep{TextStep::large});
  EXPECT_EQ(question(), "phone");
  EXPECT_EQ(session().digits.reveal(), "13800138000");
  EXPECT_EQ(visit.state().language, "en");
}

}  // namespace
}  // namespace visit_test
