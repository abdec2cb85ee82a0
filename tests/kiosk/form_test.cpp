#include "kiosk/form.h"

#include "kiosk/form_choices.h"
#include "test_places.h"
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

using Indexes = std::vector<std::size_t>;

class AForm : public ::testing::Test {
 protected:
  AForm() { session.service = &two_services()[0]; }
  const Question& question(const char* id) { return *session.service->question(id); }
  Session session;
  Translations translations{LINLI_SOURCE_DIR "/tests/kiosk"};
};

TEST_F(AForm, asks_what_the_answers_so_far_make_necessary) {
  EXPECT_EQ(asked_questions(session), (Indexes{0, 1, 3, 4}));
  session.answers.set("payout", "bank");
  EXPECT_EQ(asked_questions(session), (Indexes{0, 1, 2, 3, 4}));
}

TEST_F(AForm, does_not_ask_by_an_answer_whose_own_question_fell_away) {
  const auto chain = service_from(R"({
    "id": "chain", "version": 1, "title": {"zh": "链", "en": "Chain"}, "summary": {"zh": "链", "en": "Chain"},
    "pictogram": "wrench", "needs_card": false,
    "questions": [
      {"id": "a", "title": {"zh": "a", "en": "a"}, "label": {"zh": "a", "en": "a"}, "kind": "yes_no", "schema": {"type": "boolean"}},
      {"id": "b", "when": {"properties": {"a": {"const": true}}, "required": ["a"]}, "title": {"zh": "b", "en": "b"},
       "label": {"zh": "b", "en": "b"}, "kind": "yes_no", "schema": {"type": "boolean"}},
      {"id": "c", "when": {"required": ["b"]}, "title": {"zh": "c", "en": "c"}, "label": {"zh": "c", "en": "c"},
       "kind": "yes_no", "schema": {"type": "boolean"}}],
    "receipt": []})");
  session.service = &chain;
  for (const char* id : {"a", "b", "c"}) session.answers.set(id, true);
  EXPECT_EQ(asked_questions(session), (Indexes{0, 1, 2}));
  session.answers.set("a", false);
  EXPECT_EQ(asked_questions(session), (Indexes{0}));
  forget_unasked(session);
  EXPECT_EQ(session.answers.find("b"), nullptr);
  EXPECT_EQ(session.answers.find("c"), nullptr);
  EXPECT_FALSE(first_open_question(session));
}

TEST_F(AForm, is_open_where_an_answer_does_not_fit) {
  for (const char* id : {"address", "payout", "consent"}) session.answers.set(id, "card");
  session.skipped.insert("phone");
  EXPECT_EQ(first_open_question(session), 4U) << "consent is yes or no";
  session.answers.set("consent", false);
  EXPECT_FALSE(first_open_question(session));
}

TEST_F(AForm, offers_yes_and_no_without_options) {
  const auto texts = choice_texts(question("consent"), session, translations, "en");
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0].label.reveal(), "Yes");
  EXPECT_EQ(choice_value(question("consent"), session, 0), true);
  EXPECT_EQ(choice_value(question("consent"), session, 1), false);
  EXPECT_TRUE(choice_value(question("consent"), session, 2).is_null());
}

TEST_F(AForm, offers_the_cards_value_for_confirmation) {
  session.person = person(kWang);
  const auto texts = choice_texts(question("address"), session, translations, "en");
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0].label.reveal(), "Yes, that is right");
  EXPECT_EQ(texts[0].hint.reveal(), kWang.address);
  EXPECT_EQ(texts[1].label.reveal(), "No, elsewhere");
}

TEST_F(AForm, fills_the_cards_values_into_texts) {
  session.person = person(kWang);
  EXPECT_EQ(choice_texts(question("payout"), session, translations, "zh")[1].hint.reveal(), "王秀兰的");
  EXPECT_EQ(fill_placeholders("{card.birth}, {card.id_number}{card.none}!", session, "zh").reveal(), "1941年3月8日, ****0025!");
  EXPECT_EQ(fill_placeholders("plain {n} {card.name", session, "en").reveal(), "plain {n} {card.name");
}

TEST_F(AForm, leaves_nothing_of_a_placeholder_without_a_card) {
  EXPECT_EQ(fill_placeholders("Of {card.name}.", session, "en").reveal(), "Of .");
}

TEST_F(AForm, groups_digits_as_they_are_spoken) {
  const DigitLayout mobile{11, 11, {3, 4, 4}};
  EXPECT_EQ(grouped_digits("13800138000", mobile).reveal(), "138 0013 8000");
  EXPECT_EQ(grouped_digits("1380", mobile).reveal(), "138 0");
  EXPECT_EQ(grouped_digits("138", mobile).reveal(), "138");
  EXPECT_EQ(grouped_digits("", mobile).reveal(), "");
  EXPECT_EQ(grouped_digits("501", DigitLayout{}).reveal(), "501");
}

TEST(Answers, are_overwritten_when_they_are_replaced_or_erased) {
  Answers answers;
  answers.set("phone", "13800138000");
  const auto* stored = answers.find("phone")->get_ptr<const std::string*>();
  const char* bytes = stored->data();
  answers.set("phone", "1");
  EXPECT_NE(answers.find("phone")->get_ref<const std::string&>().data(), bytes);
  answers.erase("phone");
  EXPECT_TRUE(answers.empty());
  EXPECT_TRUE(answers.as_object().empty());
}

}  // namespace
}  // namespace visit_test
