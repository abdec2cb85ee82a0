// The kinds of question beyond choices and digits, told as a visit.
#include "kiosk/entry.h"
#include "kiosk/form.h"
#include "kiosk/form_rows.h"
#include "kiosk/question_reader.h"
#include "kiosk/service_reader.h"
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

constexpr const char* kEverything = R"({
  "id": "everything", "version": 1, "title": {"zh": "都有", "en": "Everything"}, "summary": {"zh": "都有", "en": "All"},
  "pictogram": "heart", "needs_card": true, "applicant": ["name", "id_number", "address", "birth"],
  "questions": [
    {"id": "help", "title": {"zh": "问", "en": "Help?"}, "label": {"zh": "助", "en": "Help"}, "kind": "choices",
     "options": [{"value": "a", "label": {"zh": "甲", "en": "A"}}, {"value": "b", "label": {"zh": "乙", "en": "B"}}],
     "schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
    {"id": "day", "title": {"zh": "问", "en": "Day?"}, "label": {"zh": "天", "en": "Day"}, "kind": "date",
     "days": {"first": "today", "last": "+9"}, "schema": {"type": "string"}},
    {"id": "home", "title": {"zh": "问", "en": "Home?"}, "label": {"zh": "址", "en": "Home"}, "kind": "address",
     "prefill": "card.address", "most": 40, "schema": {"type": "string"}},
    {"id": "words", "title": {"zh": "问", "en": "Words?"}, "label": {"zh": "话", "en": "Words"}, "kind": "text", "most": 8,
     "phrases": [{"zh": "太吵", "en": "Noise"}], "schema": {"type": "string"}},
    {"id": "code", "title": {"zh": "问", "en": "Code?"}, "label": {"zh": "码", "en": "Code"}, "kind": "code",
     "wanted": "receipt_code", "schema": {"type": "string"}},
    {"id": "helper", "title": {"zh": "问", "en": "Helper?"}, "label": {"zh": "人", "en": "Helper"}, "kind": "card",
     "take": ["name", "id_number"], "schema": {"type": "object"}},
    {"id": "phone", "title": {"zh": "问", "en": "Phone?"}, "label": {"zh": "话", "en": "Phone"}, "kind": "phone", "optional": true,
     "schema": {"type": "string"}},
    {"id": "callback", "title": {"zh": "问", "en": "Call?"}, "label": {"zh": "回", "en": "Call"}, "kind": "phone",
     "same_as": "phone", "optional": true, "schema": {"type": "string"}},
    {"id": "born", "title": {"zh": "问", "en": "Born?"}, "label": {"zh": "生", "en": "Born"}, "kind": "date",
     "from": "card.birth", "days": {"first": "1900-01-01", "last": "today"}, "schema": {"type": "string"}},
    {"id": "sign", "title": {"zh": "问", "en": "Sign?"}, "label": {"zh": "签", "en": "Sign"}, "kind": "signature",
     "schema": {"type": "string"}}],
  "receipt": []})";

const std::vector<ServiceDefinition>& everything() {
  static const auto services = [] {
    std::vector<ServiceDefinition> one;
    one.push_back(service_from(kEverything));
    return one;
  }();
  return services;
}

class AVisitOfEveryKind : public AVisit {
 protected:
  AVisitOfEveryKind() {
    take(all.start());
    then(offline_cache::CourierEvent{offline_cache::IntakeChanged{true, {}}});
    lays(kWang);
    then(ChooseService{"everything"});
  }
  void take(Commands commands) {
    for (auto& command : commands) done.push_back(std::move(command));
  }
  void then(Event event) { take(all.handle(std::move(event), moment_of(clock))); }
  void lays(const TestPerson& known) {
    then(hal::CardReaderEvent{hal::CardLaid{}});
    then(hal::CardReaderEvent{hal::CardRead{person(known)}});
  }
  void lifts() { then(hal::CardReaderEvent{hal::CardLifted{}}); }
  void scans(const char* text) {
    then(hal::CodeScannerEvent{hal::CodeScanned{hal::PayloadKind::receipt_code, base::Secret(text)}});
  }
  // Answers in order until this one is asked.
  void comes_to(std::string_view wanted) {
    for (int i = 0; i < 20 && now() != wanted; ++i) {
      if (now() == "help") then(ChooseOption{0});
      if (now() == "day") then(ChooseOption{1});
      if (now() == "words") then(ChoosePhrase{0});
      const auto before = now();
      then(now() == "code" || now() == "helper" || now() == "sign" ? Event(LeaveToStaff{})
           : now() == "phone" || now() == "callback"               ? Event(Skip{})
                                                                   : Event(Next{}));
      ASSERT_NE(now(), before);
    }
  }
  std::string now() const { return all.current_question() == nullptr ? "" : all.current_question()->id; }
  const Session& here() const { return *all.state().session; }
  const nlohmann::json& answer(const char* id) const { return *here().answers.find(id); }

  Visit all{hall, everything(), translations, ids};
};

TEST_F(AVisitOfEveryKind, takes_several_answers_or_none_of_these) {
  EXPECT_FALSE(all.can_go_on());
  then(ChooseOption{0});
  then(ChooseOption{1});
  then(ChooseOption{0});
  EXPECT_EQ(here().marked, (std::set<std::size_t>{1})) << "a second press takes the mark away";
  then(ChooseOption{2});
  EXPECT_TRUE(here().marked.empty());
  then(Next{});
  EXPECT_EQ(answer("help"), nlohmann::json::array());
  then(Back{});
  EXPECT_EQ(here().chosen, 2U) << "none of these is shown again";
  then(ChooseOption{1});
  then(Next{});
  EXPECT_EQ(answer("help"), nlohmann::json::array({"b"}));
}

TEST_F(AVisitOfEveryKind, keeps_a_chosen_phrase_when_the_language_changes) {
  then(SetLanguage{"en"});
  comes_to("words");
  then(ChoosePhrase{0});
  EXPECT_EQ(here().typed.reveal(), "Noise");
  then(SetLanguage{"zh"});
  EXPECT_EQ(here().typed.reveal(), "太吵");
  then(Next{});
  EXPECT_EQ(answer("words"), "太吵");
  then(SetLanguage{"en"});
  EXPECT_EQ(answer("words"), "Noise") << "an answer that was given, too";
}

TEST_F(AVisitOfEveryKind, leaves_own_words_as_they_are_in_every_language) {
  comes_to("words");
  then(TypeText{base::Secret("灯坏了")});
  then(SetLanguage{"en"});
  EXPECT_EQ(here().typed.reveal(), "灯坏了");
}

TEST_F(AVisitOfEveryKind, takes_the_cards_address_with_one_press) {
  comes_to("home");
  ASSERT_TRUE(all.can_go_on());
  then(Next{});
  EXPECT_EQ(answer("home"), kWang.address);
}

TEST_F(AVisitOfEveryKind, corrects_one_part_of_the_address_and_keeps_the_rest) {
  comes_to("home");
  then(CorrectPart{AddressPart::room});
  EXPECT_EQ(here().digits.reveal(), "501");
  then(ClearDigits{});
  for (const char digit : std::string_view("1204")) then(PressDigit{digit});
  then(Next{});
  EXPECT_EQ(now(), "home") << "back on the whole address";
  then(Next{});
  EXPECT_EQ(answer("home"), "虚构省样例市和平里3号楼2单元1204");
}

TEST_F(AVisitOfEveryKind, leaves_a_part_untouched_when_one_goes_back) {
  comes_to("home");
  then(CorrectPart{AddressPart::room});
  then(ClearDigits{});
  then(Back{});
  EXPECT_EQ(now(), "home");
  then(Next{});
  EXPECT_EQ(answer("home"), kWang.address);
}

TEST_F(AVisitOfEveryKind, takes_words_bit_by_bit_and_no_more_than_fit) {
  comes_to("words");
  then(ChooseWay{TextWay::handwriting});
  then(TypeText{base::Secret("楼上")});
  then(TypeText{base::Secret("太吵了")});
  then(EraseDigit{});
  EXPECT_EQ(here().typed.reveal(), "楼上太吵");
  then(TypeText{base::Secret("一二三四五")});
  EXPECT_EQ(here().typed.reveal(), "楼上太吵") << "kept as it was";
  EXPECT_EQ(here().problem, EntryProblem::too_long);
  then(Back{});
  EXPECT_FALSE(here().way) << "back to the ways, not to the question before";
  EXPECT_EQ(here().problem, EntryProblem::none);
  then(Next{});
  EXPECT_EQ(answer("words"), "楼上太吵");
}

TEST_F(AVisitOfEveryKind, arms_the_scanner_only_where_a_code_is_asked_for) {
  for (const auto* want : commands<WantCode>()) EXPECT_FALSE(want->request);
  comes_to("code");
  ASSERT_FALSE(commands<WantCode>().empty());
  EXPECT_EQ(commands<WantCode>().back()->request.value().wanted, std::vector{hal::PayloadKind::receipt_code});
  scans("7K4-29M-3");
  EXPECT_EQ(here().typed.reveal(), "7K4-29M-3");
  EXPECT_TRUE(commands<WantCode>().back()->request) << "armed again: another scan replaces it";
  then(OpenHelp{});
  EXPECT_FALSE(commands<WantCode>().back()->request) << "not under a page that covers it";
  then(CloseHelp{});
  then(Next{});
  EXPECT_EQ(answer("code"), "7K4-29M-3");
  EXPECT_FALSE(commands<WantCode>().back()->request);
  scans("late");
  EXPECT_EQ(answer("code"), "7K4-29M-3");
}

TEST_F(AVisitOfEveryKind, keeps_the_helper_apart_from_the_applicant) {
  comes_to("helper");
  lifts();
  EXPECT_EQ(all.state().overlay, Overlay::none) << "the card had to make room";
  lays(kLi);
  ASSERT_TRUE(here().person);
  EXPECT_EQ(here().person->name.reveal(), kWang.name);
  then(Next{});
  EXPECT_EQ(answer("helper"), (nlohmann::json{{"name", kLi.name}, {"id_number", kLi.number}}));
  lifts();
  lays(kLi);
  ASSERT_TRUE(here().person) << "the helper's card again ends nothing";
  EXPECT_EQ(here().person->name.reveal(), kWang.name);
  comes_to("");
  for (const auto& row : check_rows(all.state(), translations, "en")) {
    if (row.question == "helper") { EXPECT_EQ(row.value.reveal(), "李*军  ****0037"); }
  }
}

TEST_F(AVisitOfEveryKind, asks_for_another_card_when_the_applicants_own_is_laid) {
  comes_to("helper");
  lifts();
  lays(kWang);
  EXPECT_EQ(here().problem, EntryProblem::same_card);
  EXPECT_FALSE(all.can_go_on());
}

TEST_F(AVisitOfEveryKind, does_not_ask_what_the_card_or_an_earlier_answer_gave) {
  comes_to("phone");
  for (const char digit : std::string_view("13800138000")) then(PressDigit{digit});
  then(Next{});
  EXPECT_EQ(now(), "sign") << "neither the number to call back nor the birth is asked";
}

TEST_F(AVisitOfEveryKind, takes_a_signature_or_leaves_it_to_the_counter) {
  comes_to("sign");
  then(Sign{base::Secret("no drawing")});
  EXPECT_FALSE(all.can_go_on());
  then(Sign{base::Secret("M1 1l5 5")});
  then(Sign{});
  EXPECT_FALSE(all.can_go_on()) << "wiped off";
  then(Sign{base::Secret("M1 1l5 5")});
  then(Next{});
  EXPECT_EQ(answer("sign"), "M1 1l5 5");
  then(ChangeAnswer{"sign"});
  then(LeaveToStaff{});
  EXPECT_EQ(all.state().stage, Stage::check);
  EXPECT_EQ(here().answers.find("sign"), nullptr);
}

TEST_F(AVisitOfEveryKind, tells_the_office_what_the_staff_will_ask_and_what_is_the_same) {
  comes_to("phone");
  for (const char digit : std::string_view("13800138000")) then(PressDigit{digit});
  then(Next{});
  then(LeaveToStaff{});
  then(SubmitApplication{});
  ASSERT_EQ(commands<SubmitToQueue>().size(), 1U);
  const auto sent = nlohmann::json::parse(commands<SubmitToQueue>().back()->submission.application.reveal());
  EXPECT_EQ(sent["left_to_staff"], nlohmann::json::array({"code", "helper", "sign"}));
  EXPECT_EQ(sent["answers"]["callback"], "13800138000");
  EXPECT_FALSE(sent["answers"].contains("born"));
}

TEST_F(AVisitOfEveryKind, leaves_nothing_of_it_when_it_ends) {
  comes_to("helper");
  lifts();
  lays(kLi);
  then(StartOver{});
  const std::string_view bytes(reinterpret_cast<const char*>(&all), sizeof all);  // NOLINT: that is the point
  for (const auto& value : personal_values()) EXPECT_EQ(bytes.find(value), std::string_view::npos) << value;
}

// "It never asks for a password, bank password or code, and a test proves that no such field kind exists."
TEST(TheKindsOfQuestion, know_no_password_and_no_code_that_was_sent) {
  for (const auto& each : kind_names())
    for (const char* word : {"pass", "pin", "secret", "otp", "sms", "cvv", "bank", "verif", "token"})
      EXPECT_EQ(each.name.find(word), std::string_view::npos) << each.name;
  EXPECT_EQ(kind_names().size(), static_cast<std::size_t>(InputKind::photo) + 1) << "every kind has its name here";
}

Complaint complaint_about(nlohmann::json question) {
  auto service = nlohmann::json::parse(kEverything);
  service["questions"] = nlohmann::json::array({std::move(question)});
  Complaint complaint;
  read_service(service, complaint);
  return complaint;
}

TEST(ADefinition, cannot_invent_a_kind) {
  for (const char* kind : {"password", "pin", "one_time_code", "bank_password", "captcha", ""}) {
    auto question = nlohmann::json::parse(kEverything)["questions"][6];
    question["kind"] = kind;
    const auto complaint = complaint_about(question);
    ASSERT_TRUE(complaint.first()) << kind;
    EXPECT_NE(complaint.first()->find("/questions/0/kind"), std::string::npos) << *complaint.first();
  }
}

}  // namespace
}  // namespace visit_test
