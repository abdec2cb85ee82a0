// Asking what has become of earlier applications.
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

using offline_cache::ApplicationStatus;
using offline_cache::StatusAnswer;

class AStatusVisit : public AVisit {
 public:
  const offline_cache::StatusQuestion& asked() const { return commands<AskStatus>().back()->question; }
  void is_answered(std::vector<ApplicationStatus> applications = {}, std::optional<base::Failure> failure = std::nullopt) {
    happens(offline_cache::CourierEvent{StatusAnswer{asked().id, std::move(applications), failure}});
  }
  ApplicationStatus approved() const {
    ApplicationStatus status;
    status.service = "allowance";
    status.number = "2026-000017";
    status.where = ApplicationStatus::Where::at_office;
    status.state = offline_cache::OfficeState::approved;
    return status;
  }
  void scans(const std::string& code) {
    happens(hal::CodeScannerEvent{hal::CodeScanned{hal::PayloadKind::receipt_code, base::Secret(code)}});
  }
  bool codes_wanted() const {
    const auto wanted = commands<WantCode>();
    return !wanted.empty() && wanted.back()->request.has_value();
  }
};

TEST_F(AStatusVisit, asks_with_the_card_that_lies_there) {
  lays_card(kWang);
  happens(OpenStatus{});
  EXPECT_EQ(stage(), Stage::status);
  EXPECT_EQ(asked().id_number.reveal(), kWang.number);
  EXPECT_TRUE(asked().receipt_code.empty());
  ASSERT_EQ(asked().chains.size(), 2U) << "each service has its own chain";
  EXPECT_EQ(asked().chains.front().chain_of.reveal(), asked().chains.front().service + "\n" + kWang.number);
  is_answered({approved()});
  EXPECT_FALSE(session().earlier.asking);
  ASSERT_EQ(session().earlier.answer->applications.size(), 1U);
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_FALSE(session().earlier.answer);
}

TEST_F(AStatusVisit, asks_when_the_card_is_laid_down_on_the_page) {
  happens(BrowseServices{});
  happens(OpenStatus{});
  EXPECT_TRUE(commands<AskStatus>().empty());
  EXPECT_TRUE(card_wanted());
  lays_card(kWang);
  EXPECT_EQ(stage(), Stage::status);
  EXPECT_EQ(asked().id_number.reveal(), kWang.number);
}

TEST_F(AStatusVisit, never_shows_one_person_what_the_other_asked) {
  lays_card(kWang);
  happens(OpenStatus{});
  is_answered({approved()});
  lays_card(kLi);
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_FALSE(session().earlier.answer);
  happens(OpenStatus{});
  const auto of_li = asked().id;
  happens(offline_cache::CourierEvent{StatusAnswer{base::Uuid(), {approved()}, std::nullopt}});
  EXPECT_EQ(session().earlier.asking, of_li) << "the answer to another question is not this one's";
}

TEST_F(AStatusVisit, asks_with_a_paper_that_is_scanned) {
  happens(BrowseServices{});
  happens(OpenStatus{});
  EXPECT_TRUE(codes_wanted());
  scans("7K4-29M-6");
  EXPECT_EQ(asked().receipt_code, "7K4-29M-6");
  EXPECT_TRUE(asked().id_number.empty());
  EXPECT_FALSE(codes_wanted()) << "not while it is asked";
  is_answered();
  EXPECT_TRUE(session().earlier.by_paper);
  EXPECT_TRUE(codes_wanted()) << "another paper";
  happens(Back{});
  EXPECT_EQ(stage(), Stage::status) << "to ask again";
  happens(Back{});
  EXPECT_EQ(stage(), Stage::services);
}

TEST_F(AStatusVisit, asks_with_a_code_that_is_typed_and_fits) {
  happens(BrowseServices{});
  happens(OpenStatus{});
  happens(TypeText{base::Secret("7")});
  EXPECT_TRUE(session().typed.empty()) << "the keys are not there yet";
  happens(TypeReceipt{});
  for (const char symbol : std::string("7K429M5")) happens(TypeText{base::Secret(std::string(1, symbol))});
  EXPECT_EQ(visit.digits_missing(), 0);
  EXPECT_FALSE(visit.can_go_on()) << "the check symbol is another";
  happens(Next{});
  EXPECT_TRUE(commands<AskStatus>().empty());
  happens(TypeText{base::Secret("6")});
  EXPECT_EQ(session().typed.size(), kReceiptSymbols);
  happens(EraseDigit{});
  EXPECT_EQ(visit.digits_missing(), 1);
  happens(TypeText{base::Secret("6")});
  EXPECT_TRUE(visit.can_go_on());
  happens(Next{});
  EXPECT_EQ(asked().receipt_code, "7K429M6");
  EXPECT_TRUE(session().typed.empty());
}

TEST_F(AStatusVisit, says_so_when_no_answer_comes) {
  lays_card(kWang);
  happens(OpenStatus{});
  passes(kAnswerPatience);
  EXPECT_FALSE(session().earlier.asking);
  EXPECT_EQ(session().earlier.answer->failure, base::Failure::net_unreachable);
  EXPECT_EQ(stage(), Stage::status);
  passes(kInactivity);
  EXPECT_EQ(overlay(), Overlay::still_there);
}

TEST_F(AStatusVisit, asks_whether_somebody_is_there_when_the_card_is_lifted_and_forgets_at_the_end) {
  lays_card(kWang);
  happens(OpenStatus{});
  is_answered({approved()});
  lifts_card();
  EXPECT_EQ(overlay(), Overlay::card_away);
  happens(StartOver{});
  EXPECT_FALSE(visit.state().session);
}

}  // namespace
}  // namespace visit_test
