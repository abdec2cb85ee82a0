#include "kiosk/receipt.h"

#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

// The paper as lines: "# heading", "= code", "---", "label: value", "[payload] beside | beside".
struct Line {
  std::string operator()(const hal::PrintHeading& heading) const { return "# " + heading.text; }
  std::string operator()(const hal::PrintText& text) const { return text.text; }
  std::string operator()(const hal::PrintCode& code) const { return "= " + code.text; }
  std::string operator()(const hal::PrintField& field) const { return field.label + ": " + field.value; }
  std::string operator()(const hal::PrintRule&) const { return "---"; }
  std::string operator()(const hal::PrintQr& qr) const {
    std::string line = "[" + qr.payload + "]";
    for (const auto& beside : qr.beside) line += " " + beside;
    return line;
  }
};

std::vector<std::string> lines(const hal::PrintDocument& document) {
  std::vector<std::string> found;
  for (const auto& block : document.blocks) found.push_back(std::visit(Line{}, block));
  return found;
}

const std::string kSaved = "Saved on this machine at 09:41. Not yet received by the office. Keep this code.";

TEST_F(AVisit, prints_a_receipt_that_says_saved_here) {
  happens(SetLanguage{"en"});
  comes_to_receipt();
  const auto& document = commands<Print>()[0]->document;
  EXPECT_EQ(document.language, "en");
  const std::vector<std::string> expected{"# Heping Community Hall",
                                          "Application receipt",
                                          "---",
                                          "= 7K4-29M-6",
                                          "Receipt code. Please keep it.",
                                          "---",
                                          "Matter: Allowance",
                                          "Applicant: 王*兰 (****0025)",
                                          "Mobile: ****8000",
                                          "Paid to: Bank",
                                          "Time: 2026-11-23 09:41",
                                          "Terminal: HP-03",
                                          "State: " + kSaved,
                                          "When: 20 working days after the office received it",
                                          "---",
                                          "[linli:HP-03:7K4-29M-6] Show this paper at the service counter Telephone 12345",
                                          "---",
                                          "Thank you. Take care."};
  EXPECT_EQ(lines(document), expected);
}

TEST_F(AVisit, prints_a_receipt_that_says_received) {
  link_is(offline_cache::Link::up);
  comes_to_saving();
  is_saved(application());
  is_received(application());
  EXPECT_EQ(lines(commands<Print>()[0]->document)[12], "State: Received by the office. Number 2026-000017.");
}

TEST_F(AVisit, prints_a_receipt_in_chinese) {
  comes_to_receipt();
  const auto& document = commands<Print>()[0]->document;
  EXPECT_EQ(document.language, "zh-Hans");
  const auto paper = lines(document);
  EXPECT_EQ(paper[0], "# 和平社区便民服务大厅");
  EXPECT_EQ(paper[6], "事项: 津贴");
  EXPECT_NE(std::find(paper.begin(), paper.end(), "Time: 2026年11月23日 09:41"), paper.end());
}

TEST_F(AVisit, prints_nothing_that_names_the_resident_in_full) {
  comes_to_receipt();
  for (const auto& line : lines(commands<Print>()[0]->document))
    for (const auto& value : {kWang.name, kWang.number, kWang.birth, kWang.address, std::string("13800138000")})
      EXPECT_EQ(line.find(value), std::string::npos) << line;
}

TEST_F(AVisit, tells_on_a_copy_when_the_application_was_saved_not_when_it_was_printed) {
  comes_to_receipt();
  printing_ends(hal::PrintOutcome::confirmed);
  clock.advance(2min);
  happens(PrintAgain{});
  EXPECT_EQ(receipt_sentence(session(), moment_of(clock), "en", translations), kSaved);
  EXPECT_EQ(lines(commands<Print>()[1]->document)[2], "Copy");
}

TEST_F(AVisit, prints_no_applicant_without_a_card_and_no_answer_that_was_not_given) {
  happens(ChooseService{"repair"});
  chooses(1);
  chooses(0);
  happens(SubmitApplication{});
  is_saved(application());
  for (const auto& line : lines(commands<Print>()[0]->document)) {
    EXPECT_FALSE(line.starts_with("Applicant")) << line;
    EXPECT_FALSE(line.starts_with("Room")) << line;
  }
}

TEST_F(AVisit, prints_a_short_number_as_it_is) {
  comes_to_repair_check();
  happens(SubmitApplication{});
  is_saved(application());
  const auto paper = lines(commands<Print>()[0]->document);
  EXPECT_NE(std::find(paper.begin(), paper.end(), "房号: 501"), paper.end());
}

TEST_F(AVisit, prints_no_telephone_where_the_hall_has_none) {
  hall.hotline.clear();
  comes_to_receipt();
  for (const auto& line : lines(commands<Print>()[0]->document)) EXPECT_EQ(line.find("Telephone"), std::string::npos);
}

TEST(TheReceiptsQr, holds_the_code_and_the_terminal_alone) {
  EXPECT_EQ(receipt_qr(Hall{"", "", "HP-03", "", "zh"}, "7K4-29M-6"), "linli:HP-03:7K4-29M-6");
}

}  // namespace
}  // namespace visit_test
