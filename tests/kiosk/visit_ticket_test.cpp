#include "kiosk/ticket.h"
#include "tests/kiosk/visit_fixture.h"

namespace {

using namespace visit_test;

constexpr const char* kWindow =
    R"({"id": "window", "version": 1, "kind": "ticket", "title": {"zh": "医保窗口", "en": "Insurance"},
  "summary": {"zh": "医保", "en": "Refunds"}, "pictogram": "hospital", "series": "B", "window": {"zh": "3 号窗口", "en": "Window 3"}})";

class AQueueNumber : public AVisit {
 protected:
  AQueueNumber() {
    auto offer = std::make_shared<Offer>();
    offer->services.push_back(service_from(kWindow));
    offer->notices.emplace_back(LocalText({{"zh", "下午停电"}, {"en", "No power this afternoon"}}));
    happens(OfferChanged{offer});
  }
  void asks() {
    happens(OpenWindows{});
    happens(ChooseService{"window"});
  }
  base::Uuid asked_for() const { return commands<IssueTicket>().back()->id; }
  void is_given(const base::Uuid& id, const std::string& label = "B017", std::optional<int> ahead = std::nullopt) {
    offline_cache::Ticket ticket;
    ticket.id = id;
    ticket.series = 'B';
    ticket.label = label;
    ticket.issued = clock.wall();
    happens(offline_cache::RegistrarEvent{offline_cache::TicketIssued{ticket, ahead}});
  }
  std::string paper() const {
    std::string text;
    for (const auto& block : commands<Print>().back()->document.blocks) {
      if (const auto* heading = std::get_if<hal::PrintHeading>(&block)) text += heading->text + "\n";
      if (const auto* line = std::get_if<hal::PrintText>(&block)) text += line->text + "\n";
      if (const auto* code = std::get_if<hal::PrintCode>(&block)) text += "#" + code->text + "\n";
      if (const auto* field = std::get_if<hal::PrintField>(&block)) text += field->label + ": " + field->value + "\n";
      if (const auto* qr = std::get_if<hal::PrintQr>(&block)) text += "qr " + qr->payload + "\n";
    }
    return text;
  }
};

TEST_F(AQueueNumber, is_given_with_one_press_and_printed) {
  asks();
  EXPECT_EQ(stage(), Stage::ticket);
  EXPECT_EQ(commands<IssueTicket>().size(), 1U);
  EXPECT_EQ(commands<IssueTicket>().front()->series, 'B');
  EXPECT_TRUE(commands<Print>().empty()) << "nothing is printed before the number is on the disk";
  is_given(asked_for(), "B017", 6);
  const auto text = paper();
  EXPECT_NE(text.find("#B017\n3 号窗口\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Waiting: 6 people before you"), std::string::npos) << text;
  EXPECT_NE(text.find("qr B017"), std::string::npos) << text;
  printing_ends(hal::PrintOutcome::confirmed);
  happens(Done{});
  EXPECT_EQ(stage(), Stage::wiped);
}

TEST_F(AQueueNumber, says_how_many_wait_only_when_it_is_known) {
  asks();
  is_given(asked_for());
  EXPECT_EQ(paper().find("Waiting"), std::string::npos);
}

TEST_F(AQueueNumber, is_asked_for_once_however_often_is_pressed) {
  asks();
  happens(ChooseService{"window"});
  happens(ChooseService{"window"});
  happens(Done{});
  happens(AnotherService{});
  happens(StartOver{});
  EXPECT_EQ(commands<IssueTicket>().size(), 1U);
  EXPECT_EQ(stage(), Stage::ticket);
  is_given(asked_for());
  is_given(asked_for());
  EXPECT_EQ(commands<Print>().size(), 1U);
}

TEST_F(AQueueNumber, is_marked_as_a_copy_when_it_may_be_on_paper_already) {
  asks();
  is_given(asked_for());
  printing_ends(hal::PrintOutcome::unknown);
  happens(PrintAgain{});
  EXPECT_NE(paper().find("Copy"), std::string::npos);
  EXPECT_NE(paper().find("#B017"), std::string::npos) << "the same number";
  EXPECT_EQ(commands<IssueTicket>().size(), 1U);
}

TEST_F(AQueueNumber, of_somebody_else_is_not_shown) {
  asks();
  is_given(ids.next(), "B018");
  EXPECT_FALSE(session().ticket->given);
  EXPECT_TRUE(commands<Print>().empty());
}

TEST_F(AQueueNumber, that_cannot_be_given_leads_back_to_the_windows) {
  asks();
  happens(offline_cache::RegistrarEvent{offline_cache::TicketFailed{asked_for(), base::Failure::ticket_unavailable}});
  EXPECT_EQ(stage(), Stage::windows);
  EXPECT_EQ(visit.state().notice, base::Failure::ticket_unavailable);
  happens(ChooseService{"window"});
  EXPECT_EQ(commands<IssueTicket>().size(), 2U);
  passes(kTicketPatience);
  EXPECT_EQ(stage(), Stage::windows) << "an answer that never comes";
  is_given(asked_for());
  EXPECT_TRUE(commands<Print>().empty()) << "and one that comes too late";
}

TEST_F(AQueueNumber, is_not_begun_while_nothing_can_be_written_down) {
  happens(offline_cache::RegistrarEvent{offline_cache::AuditChanged{base::Failure::audit_unwritable}});
  asks();
  EXPECT_EQ(stage(), Stage::services);
  EXPECT_EQ(visit.state().notice, base::Failure::audit_unwritable);
  EXPECT_TRUE(commands<IssueTicket>().empty());
  happens(offline_cache::RegistrarEvent{offline_cache::AuditChanged{}});
  happens(OpenWindows{});
  EXPECT_EQ(stage(), Stage::windows);
}

TEST_F(AQueueNumber, holds_nothing_about_the_person_who_laid_a_card_down) {
  lays_card(kWang);
  asks();
  is_given(asked_for());
  for (const auto& value : personal_values()) EXPECT_EQ(paper().find(value), std::string::npos) << value;
}

TEST_F(AQueueNumber, ends_like_every_visit_when_nobody_is_there) {
  asks();
  is_given(asked_for());
  printing_ends(hal::PrintOutcome::confirmed);
  passes(kInactivity);
  EXPECT_EQ(overlay(), Overlay::still_there);
  passes(kTimeToAnswer);
  EXPECT_EQ(stage(), Stage::wiped);
}

TEST_F(AQueueNumber, comes_with_the_notices_of_the_hall) {
  ASSERT_EQ(visit.state().notices.size(), 1U);
  EXPECT_EQ(visit.state().notices[0].in("en"), "No power this afternoon");
}

// Facts: fault 72.
TEST_F(AVisit, keeps_the_catalogue_it_began_with) {
  comes_to_first_question();
  auto offer = std::make_shared<Offer>();
  offer->services.push_back(service_from(kWindow));
  happens(OfferChanged{offer});
  EXPECT_EQ(visit.services().size(), two_services().size());
  EXPECT_EQ(question(), "address");
  happens(StartOver{});
  EXPECT_EQ(visit.services().size(), 1U);
}

// Fault 72: the platform offers something else while somebody fills in a form.
TEST_F(AVisit, keeps_the_services_it_began_with_when_a_new_catalogue_arrives) {
  comes_to_check();
  const auto before = visit.services().size();
  auto offer = std::make_shared<Offer>();
  offer->services.push_back(service_from(kWindow));
  happens(OfferChanged{offer});
  EXPECT_EQ(stage(), Stage::check);
  ASSERT_EQ(visit.services().size(), before);
  EXPECT_NE(visit.services().front().id, "window");
  happens(SubmitApplication{});
  EXPECT_EQ(commands<SubmitToQueue>().size(), 1U);
  lifts_card();
  passes(10min);
  EXPECT_FALSE(visit.state().session);
  ASSERT_EQ(visit.services().size(), 1U) << "the next visit has the new one";
  EXPECT_EQ(visit.services().front().id, "window");
}

}  // namespace
