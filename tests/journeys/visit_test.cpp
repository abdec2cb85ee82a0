#include "base/files.h"
#include "hal/printer/receipt_layout.h"
#include "kiosk/app/child_process.h"
#include "kiosk/masking.h"
#include "kiosk/ticket.h"
#include "test_places.h"
#include "tests/journeys/journey.h"
#include "typeset/png.h"

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

std::string whole_log(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) text += base::read_file(entry.path()).value_or({});
  return text;
}

TEST(AResident, takes_a_queue_number_and_prints_it_when_paper_is_back) {
  Journey journey;
  journey.lay("eighty_five");
  journey.expect(Stage::services);
  journey.press("Take a queue number");
  ASSERT_TRUE(journey.player().press("service/window-general"));
  journey.expect(Stage::ticket);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  const std::string label = journey.state().session->ticket->given->label;
  EXPECT_EQ(label, "A001") << "counted by the platform";
  EXPECT_TRUE(journey.sees(label));
  EXPECT_EQ(journey.qr_on_paper(), label);
  const auto paper = journey.hall().printer().tickets().size();
  journey.hall().act(ui::LoadPaper{false});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.printer.failure.has_value(); }));
  journey.press("One more");
  journey.press("Take a queue number");
  ASSERT_TRUE(journey.player().press("service/window-general"));
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_EQ(journey.state().session->ticket->given->label, "A002");
  EXPECT_EQ(journey.state().session->print, PrintProgress::not_printed);
  journey.hall().act(ui::LoadPaper{true});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return !s.printer.failure; }));
  journey.press("Print again");
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  EXPECT_EQ(journey.qr_on_paper(), "A002");
  EXPECT_EQ(journey.hall().printer().tickets().size(), paper + 1);
  journey.press("Done");
  journey.lift();
  journey.expect(Stage::wiped);
}

// Rows of ink without a gap: the tallest is the number.
int tallest_band(const typeset::DotBitmap& paper) {
  int tallest = 0, band = 0;
  for (int y = 0; y < paper.height; ++y) {
    bool ink = false;
    for (int x = 0; x < paper.width; ++x) ink = ink || paper.black(x, y);
    band = ink ? band + 1 : 0;
    tallest = std::max(tallest, band);
  }
  return tallest;
}

TEST(AQueueNumber, is_twenty_millimetres_high_on_wide_paper_and_as_large_as_narrow_paper_allows) {
  const auto assets = kiosk::installed_assets();
  const auto furnishings = kiosk::load_furnishings(assets);
  ASSERT_TRUE(furnishings);
  const auto& services = furnishings->services;
  const auto window = std::ranges::find_if(services, [](const auto& service) { return service.ticket.has_value(); });
  ASSERT_NE(window, services.end());
  const base::SystemClock clock;
  offline_cache::Ticket given;
  given.label = "A017";
  given.issued = clock.wall();
  const kiosk::VisitTicket ticket{{}, &*window, given, 6};
  for (const auto& [profile, millimetres] : {std::pair{"generic-80mm", 20}, {"generic-58mm", 14}}) {
    const auto paper = hal::lay_out(kiosk::ticket_document(kiosk::DemoHall::demo_hall(), ticket, true, kiosk::local_moment(clock),
                                                           "zh", furnishings->translations),
                                    *hal::load_printer_profile(assets.printer_profile(profile)), *furnishings->typesetter);
    ASSERT_TRUE(paper) << paper.error().detail;
    EXPECT_GE(tallest_band(*paper), millimetres * 8) << profile << ", 8 dots to the millimetre";
    EXPECT_TRUE(
        typeset::write_png(std::filesystem::path(LINLI_BINARY_DIR) / (std::string("ticket-") + profile + ".png"), *paper));
  }
}

// The real program, the real log: what the kiosk wrote is whole, signed, and about nobody.
TEST(TheAuditLog, of_whole_visits_verifies_and_holds_nothing_personal) {
  Journey journey;
  journey.lay("eighty_five");
  journey.expect(Stage::services);
  journey.fill_in_senior_allowance();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  journey.press("One more");
  journey.press("Take a queue number");
  ASSERT_TRUE(journey.player().press("service/window-medical"));
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.session && s.session->ticket && printing_is_over(s); }));
  journey.press("Done");
  journey.lift();
  journey.expect(Stage::wiped);
  EXPECT_EQ(journey.platform_record().size(), 1U);  // the kiosk has ended

  const auto folder = journey.folder() / "queue" / "audit";
  const auto log = whole_log(folder);
  for (const auto* event : {"kiosk-started", "visit-began", "application-saved", "application-received", "ticket-issued",
                            "print-ended outcome=confirmed", "visit-ended", "kiosk-stopped", "checkpoint"})
    EXPECT_NE(log.find(event), std::string::npos) << event << " is missing in\n" << log;
  for (const auto* personal : {"王", "秀兰", "虚构", "00000019", "13800138000", "B001"})
    EXPECT_EQ(log.find(personal), std::string::npos) << personal;
  const auto line = *base::read_file(journey.folder() / "platform" / "devices" / (journey.hall().hall().terminal + ".pub"));
  const auto key = line.substr(line.find_last_of(' ') + 1, 64);
  const auto verified = kiosk::ChildProcess::output_of(
      {(kiosk::program_folder() / "linlictl").string(), "audit", "verify", folder.string(), "--key", key});
  ASSERT_TRUE(verified) << verified.error().detail << line;
  EXPECT_NE(verified->find("The log is whole."), std::string::npos) << *verified;
}

TEST(AResident, reports_a_repair_in_chinese_without_a_card) {
  Journey journey("zh");
  const auto press = [&](const std::string& label) { ASSERT_TRUE(journey.player().press(label)) << label; };
  press("能办什么");
  press("住房和报修");
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
  journey.press("Money and allowances");
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
  journey.press("Money and allowances");
  journey.press("Senior allowance");
  journey.expect(Stage::not_eligible);
  EXPECT_TRUE(journey.platform_record().empty());
}

// By the office's own command, while its server runs.
bool office_sets(Journey& journey, const std::string& number, const std::string& state) {
  return kiosk::ChildProcess::output_of({(kiosk::program_folder() / "linli-gateway").string(), "state", "--data",
                                         (journey.folder() / "platform").string(), "--number", number, "--set", state})
      .ok();
}

bool is_answered(const VisitState& state) { return state.session && state.session->earlier.answer; }

TEST(AResident, who_comes_again_reads_what_the_office_made_of_the_application) {
  Journey journey;
  journey.lay("eighty_five");
  journey.expect(Stage::services);
  journey.press("My earlier applications");
  ASSERT_TRUE(journey.wait_for(is_answered));
  EXPECT_TRUE(journey.sees("The office knows no application of this card"));
  journey.press("Back");
  journey.fill_in_senior_allowance();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  ASSERT_TRUE(journey.state().session->received_number);
  const std::string number = *journey.state().session->received_number;
  const std::string code = journey.state().session->saved->receipt_code;
  ASSERT_TRUE(office_sets(journey, number, "needs_action"));

  journey.press("One more");
  journey.press("My earlier applications");
  ASSERT_TRUE(journey.wait_for(is_answered));
  EXPECT_TRUE(journey.sees("Senior allowance"));
  EXPECT_TRUE(journey.sees("The office needs something from you"));
  EXPECT_TRUE(journey.sees(number));
  EXPECT_FALSE(journey.state().session->earlier.answer->failure);

  // Its paper alone tells nothing to who finds it.
  journey.press("Back");
  journey.press("Leave");
  journey.lift();
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.stage == Stage::wiped || s.stage == Stage::welcome; }));
  journey.kiosk().handle(kiosk::Touched{});
  journey.press("What can I do here?");
  journey.press("My earlier applications");
  journey.press("Type the code of your paper");
  for (const char symbol : code)
    if (symbol != '-') journey.press(std::string("key/") + symbol);
  journey.press("Next");
  ASSERT_TRUE(journey.wait_for(is_answered));
  EXPECT_TRUE(journey.sees("The paper alone is not enough"));
  EXPECT_FALSE(journey.sees(number));
}

TEST(AResident, without_a_card_follows_a_repair_by_its_paper_from_this_machine_to_the_office) {
  Journey journey("en", true);
  journey.press("What can I do here?");
  journey.fill_in_repair_report();
  journey.press("Right, send it");
  journey.expect(Stage::receipt);
  ASSERT_TRUE(journey.wait_for(printing_is_over));
  const std::string code = journey.state().session->saved->receipt_code;
  const auto ask = [&] {
    journey.press("My earlier applications");
    journey.kiosk().handle(hal::CodeScannerEvent{hal::CodeScanned{hal::PayloadKind::receipt_code, base::Secret(code)}});
    ASSERT_TRUE(journey.wait_for(is_answered));
  };
  journey.press("One more");
  ask();
  EXPECT_TRUE(journey.sees("Saved on this machine. Not yet received by the office."));
  journey.press("Back");
  journey.press("Back");
  journey.lay("eighty_five");
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.session && s.session->person; }));
  journey.press("My earlier applications");
  ASSERT_TRUE(journey.wait_for(is_answered));
  EXPECT_TRUE(journey.sees("The office cannot be asked now")) << "the network is cut";
  journey.press("Back");
  journey.press("Leave");
  journey.lift();
  journey.hall().act(ui::SwitchNetwork{true});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.queue.acknowledged == 1; }));
  ASSERT_TRUE(office_sets(journey, "2026-000001", "approved"));
  // The reader tells in its own time that the card is gone.
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.stage == Stage::wiped || s.stage == Stage::welcome; }));
  journey.kiosk().handle(kiosk::Touched{});
  journey.press("What can I do here?");
  ask();
  EXPECT_TRUE(journey.sees("Report a repair"));
  EXPECT_TRUE(journey.sees("Approved on"));
}

}  // namespace
