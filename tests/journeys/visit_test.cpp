#include "base/files.h"
#include "kiosk/masking.h"
#include "tests/journeys/journey.h"

namespace {

using journeys::Journey;
using kiosk::PrintProgress;
using kiosk::Stage;
using kiosk::VisitState;

bool printing_is_over(const VisitState& state) { return state.session && state.session->print > PrintProgress::printing; }

std::size_t occurrences(const std::filesystem::path& folder, const std::string& needle) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = base::read_file(entry.path()).value_or({});
    for (auto at = bytes.find(needle); at != std::string::npos; at = bytes.find(needle, at + 1)) ++count;
  }
  return count;
}

TEST(AResident, applies_for_the_senior_allowance_and_leaves_with_a_receipt) {
  Journey journey;
  journey.lay("eighty_five");
  journey.expect(Stage::services);
  EXPECT_TRUE(journey.sees(kiosk::masked_name("王秀兰")));
  EXPECT_FALSE(journey.sees("王秀兰")) << "the name is masked where others may look";
  journey.fill_in_senior_allowance();
  EXPECT_TRUE(journey.sees("王秀兰")) << "the check page shows the name in full";
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_EQ(journey.state().session->print, PrintProgress::printed);
  ASSERT_TRUE(journey.state().session->received_number) << "online, the office answers before the receipt";
  const std::string number = *journey.state().session->received_number;
  const std::string code = journey.state().session->saved->receipt_code;
  EXPECT_TRUE(journey.sees(number));
  EXPECT_NE(journey.qr_on_paper().find(code), std::string::npos) << journey.qr_on_paper();

  journey.press("Done");
  journey.expect(Stage::take_card);
  EXPECT_FALSE(journey.state().session) << "nothing of the resident remains, though the card still lies there";
  journey.lift();
  journey.expect(Stage::wiped);
  EXPECT_FALSE(journey.sees("王"));

  const auto record = journey.platform_record();
  ASSERT_EQ(record.size(), 1U) << record.dump(1);
  EXPECT_EQ(record[0].value("number", ""), number);
  EXPECT_NE(record.dump().find("王秀兰"), std::string::npos) << "the office can open what was sealed to it";
  EXPECT_EQ(occurrences(journey.folder(), "王秀兰"), 0U) << "no file holds the name in the clear";
}

TEST(AResident, reports_a_repair_in_chinese_without_a_card) {
  Journey journey("zh");
  const auto press = [&](const std::string& label) { ASSERT_TRUE(journey.player().press(label)) << label; };
  press("能办什么");
  press("报事报修");
  for (const auto* label : {"灯", "公共地方", "院子、小区路上", "不急"}) {
    press(label);
    press("下一步");
  }
  press("跳过");
  journey.expect(Stage::check);
  press("对，提交");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_TRUE(journey.sees("办事处已经收到"));
  EXPECT_EQ(journey.platform_record().size(), 1U);
}

TEST(AResident, whose_network_is_cut_gets_an_honest_receipt_and_one_application_arrives_later) {
  Journey journey("en", true);
  journey.press("What can I do here?");
  journey.fill_in_repair_report();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_TRUE(journey.sees("Not yet received by the office"));
  EXPECT_FALSE(journey.state().session->received_number);

  journey.hall().act(ui::SwitchNetwork{true});
  EXPECT_TRUE(journey.wait_for([](const VisitState& s) { return s.session && s.session->received_number; }))
      << "what waited leaves by itself";
  EXPECT_EQ(journey.platform_record().size(), 1U);
}

TEST(AResident, who_presses_submit_three_times_has_sent_one_application) {
  Journey journey;
  journey.press("What can I do here?");
  journey.fill_in_repair_report();
  for (int i = 0; i < 3; ++i) journey.kiosk().handle(kiosk::SubmitApplication{});
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_EQ(journey.hall().printer().tickets().size(), 1U);
  EXPECT_EQ(journey.platform_record().size(), 1U);
}

TEST(AResident, without_paper_in_the_printer_sees_the_code_and_gets_the_paper_after_a_refill) {
  Journey journey;
  journey.hall().act(ui::LoadPaper{false});
  journey.press("What can I do here?");
  journey.fill_in_repair_report();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_EQ(journey.state().session->print, PrintProgress::not_printed);
  EXPECT_TRUE(journey.sees(journey.state().session->saved->receipt_code));
  EXPECT_TRUE(journey.hall().printer().tickets().empty());

  journey.hall().act(ui::LoadPaper{true});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.printer.state == hal::DeviceState::online; }));
  journey.press("Print again");
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.session->print == PrintProgress::printed; }));
  EXPECT_EQ(journey.hall().printer().tickets().size(), 1U);
}

TEST(AResident, can_do_without_a_reader_what_needs_no_card) {
  Journey journey;
  journey.hall().act(ui::PlugReader{false});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.reader.state == hal::DeviceState::no_device; }));
  EXPECT_TRUE(journey.sees("CARD-001"));
  journey.press("What can I do here?");
  journey.fill_in_repair_report();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
}

TEST(AResident, without_a_printer_is_told_the_code) {
  Journey journey;
  journey.hall().act(ui::PlugPrinter{false});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.printer.state == hal::DeviceState::no_device; }));
  journey.press("What can I do here?");
  journey.fill_in_repair_report();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  EXPECT_EQ(journey.state().session->print, PrintProgress::not_printed);
  EXPECT_TRUE(journey.sees(journey.state().session->saved->receipt_code));
  EXPECT_TRUE(journey.sees("PRINT-001"));
}

TEST(AResident, who_picks_the_card_up_in_the_middle_can_go_on) {
  Journey journey;
  journey.lay("eighty_five");
  journey.expect(Stage::services);
  journey.press("Senior allowance");
  journey.expect(Stage::question);
  journey.lift();
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.overlay == kiosk::Overlay::card_away; }));
  journey.press("I am still here");
  EXPECT_EQ(journey.state().stage, Stage::question);
  EXPECT_TRUE(journey.state().session->person);
}

TEST(AResident, who_lays_another_card_down_meets_nothing_of_the_first_person) {
  Journey journey;
  journey.lay("eighty_five");
  journey.expect(Stage::services);
  journey.lift();
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return !s.card_on_plate; }));
  journey.lay("forty_five");
  ASSERT_TRUE(journey.wait_for(
      [](const VisitState& s) { return s.session && s.session->person && s.session->person->name.reveal() == "张敏"; }));
  EXPECT_FALSE(journey.sees("王"));
}

TEST(AResident, who_is_too_young_is_told_so_kindly_and_nothing_is_sent) {
  Journey journey;
  journey.lay("forty_five");
  journey.expect(Stage::services);
  journey.press("Senior allowance");
  journey.expect(Stage::not_eligible);
  EXPECT_TRUE(journey.platform_record().empty());
}

}  // namespace
