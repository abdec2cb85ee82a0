#include "kiosk/service_definition.h"

#include <gtest/gtest.h>

#include "test_places.h"
#include "tests/kiosk/scratch_folder.h"

namespace {

using kiosk::InputKind;
using nlohmann::json;
using Pointer = json::json_pointer;
using test_support::ScratchFolder;

constexpr const char* kLibraryCard = R"({
  "id": "library-card", "version": 3, "pictogram": "book",
  "title": {"zh": "办借书证", "en": "Library card"}, "summary": {"zh": "当场拿卡", "en": "Ready at once"},
  "applicant": ["name", "address"], "promise_days": 3,
  "eligibility": [
    {"unless": {"properties": {"age_months": {"minimum": 72}}}, "outcome": "no", "say": {"zh": "六岁起可办。", "en": "From age six."}}
  ],
  "questions": [
    {"id": "address", "title": {"zh": "住这里吗？", "en": "Do you live here?"}, "label": {"zh": "住址", "en": "Address"},
     "kind": "confirm", "prefill": "card.address", "schema": {"type": "string"},
     "options": [{"value": "elsewhere", "label": {"zh": "不是", "en": "No"}}]},
    {"id": "card", "title": {"zh": "要哪种卡？", "en": "Which card?"}, "label": {"zh": "卡", "en": "Card"}, "kind": "choice",
     "options": [{"value": "plain", "label": {"zh": "普通", "en": "Plain"}}, {"value": "large", "label": {"zh": "大字", "en": "Large"}}],
     "schema": {"enum": ["plain", "large"]}},
    {"id": "old", "title": {"zh": "有旧卡吗？", "en": "An old card?"}, "label": {"zh": "旧卡", "en": "Old"}, "kind": "yes_no",
     "schema": {"type": "boolean"}},
    {"id": "old_number", "title": {"zh": "旧卡号？", "en": "Its number?"}, "label": {"zh": "旧号", "en": "Old number"},
     "kind": "digits", "digits": {"fewest": 6, "most": 8, "groups": [4, 4]}, "optional": true,
     "when": {"properties": {"old": {"const": true}}, "required": ["old"]},
     "schema": {"type": "string", "pattern": "^[0-9]{6,8}$"}}
  ],
  "receipt": [{"label": {"zh": "卡", "en": "Card"}, "value": "answer.card"}]
})";

class AServiceFile : public testing::Test {
 protected:
  std::string load_text(std::string_view text) {
    const auto service = kiosk::load_service(folder_.write("library-card.json", text));
    if (service) return "loaded";
    EXPECT_EQ(service.error().failure, base::Failure::service_broken);
    constexpr std::string_view kFile = "library-card.json: ";
    EXPECT_TRUE(service.error().detail.starts_with(kFile)) << service.error().detail;
    return service.error().detail.substr(kFile.size());
  }
  // What is said when the value at `where` is another one.
  std::string with(const char* where, const json& value) {
    auto changed = json::parse(kLibraryCard);
    changed[Pointer(where)] = value;
    return load_text(changed.dump());
  }
  std::string without(const char* where) {
    auto changed = json::parse(kLibraryCard);
    const Pointer at(where);
    if (auto& parent = changed[at.parent_pointer()]; parent.is_array())
      parent.erase(std::stoul(at.back()));
    else
      parent.erase(at.back());
    return load_text(changed.dump());
  }

  ScratchFolder folder_;
};

TEST_F(AServiceFile, is_read_whole) {
  const auto service = kiosk::load_service(folder_.write("library-card.json", kLibraryCard));
  ASSERT_TRUE(service) << service.error().detail;
  EXPECT_EQ(service->version, 3);
  EXPECT_EQ(service->title.in("zh"), "办借书证");
  EXPECT_TRUE(service->needs_card);
  EXPECT_EQ(service->promise_days, 3);
  ASSERT_EQ(service->questions.size(), 4U);
  const auto* number = service->question("old_number");
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(number->kind, InputKind::digits);
  EXPECT_EQ(number->digits.groups, (std::vector<int>{4, 4}));
  EXPECT_TRUE(number->optional);
  ASSERT_TRUE(number->when);
  EXPECT_TRUE(number->when->accepts({{"old", true}}));
  EXPECT_FALSE(number->when->accepts({{"old", false}}));
  EXPECT_FALSE(number->when->accepts(json::object()));
  EXPECT_TRUE(number->schema.accepts("123456"));
  EXPECT_EQ(service->question("nothing"), nullptr);
}

TEST_F(AServiceFile, that_is_no_json_is_refused_with_line_and_column) {
  EXPECT_EQ(load_text("{\n  \"id\": \"library-card\",\n  \"标题\": oops\n}"),
            "line 3, column 9: syntax error while parsing value - invalid literal; last read: '\"标题\": o'");
  EXPECT_TRUE(load_text("").starts_with("line 1, column 1: "));
  EXPECT_TRUE(load_text("{\"id\": \"\xFF\"}").starts_with("line 1, column "));
}
TEST_F(AServiceFile, with_a_name_given_twice_is_refused) {
  EXPECT_EQ(load_text(R"({"id": "library-card", "id": "library-card"})"), "\"id\" is given twice in one object");
}
TEST_F(AServiceFile, nested_without_end_is_refused) {
  EXPECT_EQ(load_text(std::string(1000, '[') + std::string(1000, ']')), "nested too deep");
}
TEST_F(AServiceFile, that_is_not_an_object_is_refused) { EXPECT_EQ(load_text("[]"), "needs an object"); }
TEST_F(AServiceFile, that_is_too_large_is_refused) {
  const auto service = kiosk::load_service(folder_.write("big.json", std::string(kiosk::kLargestService + 1, ' ')));
  ASSERT_FALSE(service);
  EXPECT_EQ(service.error().failure, base::Failure::service_broken);
  EXPECT_NE(service.error().detail.find("longer than 262144 bytes"), std::string::npos);
}
TEST_F(AServiceFile, with_another_name_than_its_id_is_refused) {
  EXPECT_EQ(with("/id", "library"), "/id: is not the file's name, \"library-card\"");
}

TEST_F(AServiceFile, with_an_unknown_name_is_refused_wherever_it_stands) {
  EXPECT_EQ(with("/colour", "red"), "/colour: this name is not known here");
  EXPECT_EQ(with("/questions/1/hint", "x"), "/questions/1/hint: this name is not known here");
  EXPECT_EQ(with("/questions/1/options/0/lable", "x"), "/questions/1/options/0/lable: this name is not known here");
  EXPECT_EQ(with("/questions/3/digits/least", 1), "/questions/3/digits/least: this name is not known here");
  EXPECT_EQ(with("/eligibility/0/when", json::object()), "/eligibility/0/when: this name is not known here");
  EXPECT_EQ(with("/receipt/0/bold", true), "/receipt/0/bold: this name is not known here");
  EXPECT_EQ(with("/questions/2/options", json::array()), "/questions/2/options: this name is not known here")
      << "yes_no has none";
  EXPECT_EQ(with("/questions/1/prefill", "card.name"), "/questions/1/prefill: this name is not known here");
}

TEST_F(AServiceFile, with_a_missing_or_wrong_field_is_refused) {
  EXPECT_EQ(without("/version"), "\"version\" is missing");
  EXPECT_EQ(without("/questions"), "\"questions\" is missing");
  EXPECT_EQ(without("/questions/1/schema"), "/questions/1: \"schema\" is missing");
  EXPECT_EQ(with("/id", "Library Card"), "/id: may hold only a-z, 0-9 and -");
  EXPECT_EQ(with("/version", 0), "/version: needs a whole number from 1 to 1000000");
  EXPECT_EQ(with("/version", "3"), "/version: needs a whole number from 1 to 1000000");
  EXPECT_EQ(with("/version", 1.5), "/version: needs a whole number from 1 to 1000000");
  EXPECT_EQ(with("/needs_card", "yes"), "/needs_card: needs true or false");
  EXPECT_EQ(with("/category", "sport"), "/category: needs one of: money, health, daily_life, home, papers, other");
  EXPECT_EQ(with("/promise_days", 366), "/promise_days: needs a whole number from 0 to 365");
  EXPECT_EQ(with("/questions", json::array()), "/questions: needs a list of 1 to 30 entries");
  EXPECT_EQ(with("/questions/1", "card"), "/questions/1: needs an object");
  EXPECT_EQ(with("/questions/1/kind", "radio"),
            "/questions/1/kind: needs one of: choice, choices, yes_no, confirm, digits, date, slot, amount, phone, id_number, "
            "name, text, address, code, card, signature, photo");
  EXPECT_EQ(with("/questions/1/id", "Card"), "/questions/1/id: may hold only a-z, 0-9 and _");
  EXPECT_EQ(with("/eligibility/0/outcome", "ok"), "/eligibility/0/outcome: needs one of: maybe, not_yet, no");
  EXPECT_EQ(with("/applicant", "name"), "/applicant: needs a list of at most 13 texts");
}

TEST_F(AServiceFile, without_a_text_in_both_languages_is_refused) {
  EXPECT_EQ(without("/title/en"), "/title: the text in \"en\" is missing");
  EXPECT_EQ(without("/questions/1/options/1/label/zh"), "/questions/1/options/1/label: the text in \"zh\" is missing");
  EXPECT_EQ(with("/title", "办借书证"), "/title: needs {\"zh\": \"…\", \"en\": \"…\"}");
  EXPECT_EQ(with("/title/zh", ""), "/title/zh: is empty");
  EXPECT_EQ(with("/title/zh", "办\n证"), "/title/zh: holds a line break or another control character");
  EXPECT_EQ(with("/title/zh", std::string(61, 'a')), "/title/zh: is longer than 60 characters");
  EXPECT_EQ(with("/title/chinese", "办证"), "/title: \"chinese\" is not a language tag");
  EXPECT_EQ(with("/title/zh-Hant", "辦借書證"), "loaded");
}

TEST_F(AServiceFile, with_a_broken_schema_is_refused_at_the_keyword) {
  EXPECT_EQ(with("/questions/3/schema/format", "digits"), "/questions/3/schema/format: this keyword is not allowed");
  EXPECT_EQ(with("/questions/3/when/properties/old/uniqueItems", true),
            "/questions/3/when/properties/old/uniqueItems: this keyword is not allowed");
  EXPECT_EQ(with("/eligibility/0/unless", true), "/eligibility/0/unless: a schema is an object");
}

TEST_F(AServiceFile, with_two_questions_of_one_id_is_refused) {
  EXPECT_EQ(with("/questions/2/id", "card"), "/questions/2/id: two questions have this id");
}
TEST_F(AServiceFile, with_a_condition_on_a_later_question_is_refused) {
  EXPECT_EQ(with("/questions/1/when", {{"required", {"old"}}}), "/questions/1/when: \"old\" is not an earlier question");
  EXPECT_EQ(with("/questions/1/when", {{"not", {{"properties", {{"typo", {{"const", 1}}}}}}}}),
            "/questions/1/when: \"typo\" is not an earlier question");
  EXPECT_EQ(with("/questions/1/when", {{"required", {"card"}}}), "/questions/1/when: \"card\" is not an earlier question");
}
TEST_F(AServiceFile, with_options_that_do_not_fit_is_refused) {
  EXPECT_EQ(with("/questions/1/options/1/value", "big"),
            "/questions/1/options/1/value: does not fit the question's schema; one cannot go on with it: say why in \"stop\"");
  EXPECT_EQ(with("/questions/1/options/1/value", "plain"), "/questions/1/options/1/value: two options have this value");
  EXPECT_EQ(with("/questions/1/options/1/value", json::array()),
            "/questions/1/options/1/value: needs a text, a number, true or false");
  const json stop = {{
                         "zh",
                         "不行",
                     },
                     {"en", "No"}};
  EXPECT_EQ(with("/questions/1/options/1/stop", stop),
            "/questions/1/options/1/stop: a value that fits the schema needs no \"stop\"");
  EXPECT_EQ(with("/questions/2/schema", {{"const", true}}),
            "/questions/2/schema: must accept true and false; a question with one way on is a choice with a \"stop\"");
}
TEST_F(AServiceFile, may_offer_an_option_that_stops_with_a_reason) {
  auto changed = json::parse(kLibraryCard);
  auto& option = changed["/questions/1/options/1"_json_pointer];
  option["value"] = "neither";
  option["stop"] = {{
                        "zh",
                        "请问工作人员。",
                    },
                    {"en", "Please ask."}};
  EXPECT_EQ(load_text(changed.dump()), "loaded");
  changed["/questions/1/schema"_json_pointer] = {{"const", "other"}};
  changed["/questions/1/options/0/stop"_json_pointer] = option["stop"];
  EXPECT_EQ(load_text(changed.dump()), "/questions/1/options: no option fits the question's schema");
}
TEST_F(AServiceFile, with_too_few_or_too_many_options_is_refused) {
  EXPECT_EQ(without("/questions/1/options/1"), "/questions/1/options: needs a list of 2 to 24 entries");
  json many = json::array();
  for (int i = 0; i < 25; ++i) many.push_back({{"value", i}, {"label", {{"zh", "甲"}, {"en", "A"}}}});
  EXPECT_EQ(with("/questions/1/options", many), "/questions/1/options: needs a list of 2 to 24 entries");
  EXPECT_EQ(with("/questions/0/options", json::array()), "/questions/0/options: needs a list of 1 to 1 entries");
}
TEST_F(AServiceFile, with_digits_that_contradict_the_schema_is_refused) {
  const char* pattern = "/questions/3/schema/pattern";
  EXPECT_EQ(with(pattern, "^[0-9]{6,7}$"), "/questions/3/schema: accepts no 8 digits, but \"most\" says so");
  EXPECT_EQ(with(pattern, "^[0-9]{7,8}$"), "/questions/3/schema: accepts no 6 digits, but \"fewest\" says so");
  EXPECT_EQ(with(pattern, "^[0-9]{6,9}$"), "/questions/3/schema: accepts more digits than \"most\"");
  EXPECT_EQ(with(pattern, "^[0-9]{5,8}$"), "/questions/3/schema: accepts fewer digits than \"fewest\"");
  EXPECT_EQ(with(pattern, "^[0-9a]{6,8}$"), "/questions/3/schema: must accept texts of digits only: give a type and a pattern");
  EXPECT_EQ(without("/questions/3/schema/type"),
            "/questions/3/schema: must accept texts of digits only: give a type and a pattern");
  EXPECT_EQ(with("/questions/3/digits/groups", {3, 4}), "/questions/3/digits/groups: add up to 7, not to \"most\", 8");
  EXPECT_EQ(with("/questions/3/digits/groups", {0, 8}), "/questions/3/digits/groups: needs a list of whole numbers from 1 to 20");
  EXPECT_EQ(with("/questions/3/digits/groups", "4 4"), "/questions/3/digits/groups: needs a list of whole numbers from 1 to 20");
  EXPECT_EQ(with("/questions/3/digits/most", 5), "/questions/3/digits/most: is less than \"fewest\"");
}
TEST_F(AServiceFile, may_ask_for_numbers_that_begin_in_a_certain_way) {
  for (const char* pattern : {"^010[0-9]{3,5}$", "^6[2-9][0-9]{4,6}$", "^[5-7][0-9]{5,7}$"})
    EXPECT_EQ(with("/questions/3/schema/pattern", pattern), "loaded") << pattern;
}
TEST_F(AServiceFile, that_takes_what_the_card_does_not_have_is_refused) {
  EXPECT_EQ(with("/applicant/0", "shoe_size"), "/applicant/0: this is not a field of the card");
  EXPECT_EQ(with("/applicant/0", "address"), "/applicant/0: this field is named twice");
  EXPECT_EQ(with("/applicant", json::array()), "/applicant: a service that needs the card takes at least one of its fields");
  EXPECT_EQ(with("/needs_card", false), "/applicant: only a service with \"needs_card\": true takes fields of the card");
  EXPECT_EQ(with("/questions/0/prefill", "address"), "/questions/0/prefill: needs \"card.\" and a field of \"applicant\"");
  EXPECT_EQ(with("/questions/0/prefill", "card.birth"), "/questions/0/prefill: needs \"card.\" and a field of \"applicant\"");
}
TEST_F(AServiceFile, with_another_way_out_of_a_confirmation_than_a_text_is_refused) {
  auto changed = json::parse(kLibraryCard);
  changed["/questions/0/schema"_json_pointer] = json::object();
  changed["/questions/0/options/0/value"_json_pointer] = false;
  EXPECT_EQ(load_text(changed.dump()), "/questions/0/options/0/value: needs a text");
}
TEST_F(AServiceFile, with_a_slip_in_a_place_for_card_data_is_refused) {
  EXPECT_EQ(with("/questions/1/title/zh", "{card.name}，要哪种卡？"), "loaded");
  EXPECT_EQ(with("/questions/1/title/zh", "{card.birth}生日？"),
            "/questions/1/title/zh: \"{card.birth}\" is not {card.FIELD} with a field of \"applicant\"");
  EXPECT_EQ(with("/title/en", "a {name"), "/title/en: \"{name\" is not {card.FIELD} with a field of \"applicant\"");
  EXPECT_EQ(with("/questions/1/options/0/label/en", "b } c"),
            "/questions/1/options/0/label/en: \"}\" is not {card.FIELD} with a field of \"applicant\"");
}
TEST_F(AServiceFile, with_a_rule_on_an_unknown_fact_is_refused) {
  EXPECT_EQ(with("/eligibility/0/unless", {{"required", {"income"}}}),
            "/eligibility/0/unless: \"income\" is not a fact about a person");
}
TEST_F(AServiceFile, with_a_receipt_row_from_nowhere_is_refused) {
  const std::string reason = "/receipt/0/value: needs \"service.title\", \"promise\" or \"answer.\" and the id of a question";
  EXPECT_EQ(with("/receipt/0/value", "answer.colour"), reason);
  EXPECT_EQ(with("/receipt/0/value", "card.name"), reason);
  EXPECT_EQ(without("/promise_days"), "loaded");
  auto changed = json::parse(kLibraryCard);
  changed.erase("promise_days");
  changed["/receipt/0/value"_json_pointer] = "promise";
  EXPECT_EQ(load_text(changed.dump()), "/receipt/0/value: nothing is promised: \"promise_days\" is missing");
}

TEST(AFolderOfServices, runs_what_is_right_and_names_what_is_broken) {
  const ScratchFolder folder;
  folder.write("library-card.json", kLibraryCard);
  folder.write("a-broken.json", "{");
  folder.write("z-broken.json", "{}");
  folder.write("notes.txt", "not a service");
  folder.write(".hidden.json", "not a service");
  const auto list = kiosk::load_services(folder.path());
  ASSERT_EQ(list.services.size(), 1U);
  EXPECT_EQ(list.services[0].id, "library-card");
  ASSERT_EQ(list.broken.size(), 2U);
  EXPECT_TRUE(list.broken[0].detail.starts_with("a-broken.json: line 1, column 2: ")) << list.broken[0].detail;
  EXPECT_EQ(list.broken[1].detail, "z-broken.json: \"id\" is missing");
}

TEST(AFolderOfServices, takes_a_third_service_just_by_its_file) {
  const ScratchFolder folder;
  for (const char* name : {"senior-allowance.json", "repair-report.json"})
    std::filesystem::copy_file(std::filesystem::path(LINLI_SOURCE_DIR) / "assets/services" / name, folder.path() / name);
  folder.write("library-card.json", kLibraryCard);
  const auto list = kiosk::load_services(folder.path());
  EXPECT_TRUE(list.broken.empty());
  EXPECT_EQ(list.services.size(), 3U);
}

TEST(AFolderOfServices, that_is_missing_is_named) {
  const auto list = kiosk::load_services("/nowhere/services");
  EXPECT_TRUE(list.services.empty());
  ASSERT_EQ(list.broken.size(), 1U);
  EXPECT_EQ(list.broken[0].detail, "/nowhere/services: No such file or directory");
}

TEST_F(AServiceFile, cannot_ask_for_a_password_a_pin_or_a_code) {
  for (const char* kind : {"password", "pin", "bank_password", "bank_card", "one_time_code", "verification_code", "captcha"})
    EXPECT_NE(with("/questions/2/kind", kind), "loaded") << kind;
}

}  // namespace
