// linlictl, the program itself, and a running kiosk.
#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "base/files.h"
#include "kiosk/app/child_process.h"
#include "kiosk/app/control/control_client.h"
#include "kiosk/app/control_desk.h"
#include "offline_cache/export_file.h"
#include "tests/journeys/journey.h"
#include "tests/support/temporary_folder.h"

namespace {

using journeys::Journey;
using nlohmann::json;

class Linlictl : public testing::Test {
 protected:
  explicit Linlictl(bool offline = false) : journey("en", offline) {}

  // Runs the program while the kiosk goes on; its output, or what it ended with.
  std::string run(std::vector<std::string> words) {
    std::vector<std::string> command{(kiosk::program_folder() / "linlictl").string(), "--socket", socket().string()};
    command.insert(command.end(), words.begin(), words.end());
    auto output = std::async(std::launch::async, [command] {
      auto result = kiosk::ChildProcess::output_of(command);
      return result ? *result : result.error().detail;
    });
    go_on_until([&] { return output.wait_for(std::chrono::seconds{0}) == std::future_status::ready; });
    return output.get();
  }
  // The kiosk's thread, while something happens on another.
  void go_on_until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!condition()) {
      journey.kiosk().handle_waiting();
      std::this_thread::yield();
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    }
  }
  json run_for_json(std::vector<std::string> words) {
    words.emplace_back("--json");
    const auto output = run(std::move(words));
    auto parsed = json::parse(output, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << output;
    return parsed;
  }
  // The code that the kiosk tells of this row; empty when there is none.
  std::string failure_of(const std::string& device) {
    auto rows = std::async(std::launch::async, [this]() -> json {
      auto client = kiosk::ControlClient::open(socket());
      if (!client) return "no kiosk";
      auto asked = client->ask({{"request", "devices"}}, std::chrono::seconds{20});
      return asked ? asked->value("devices", json::array()) : json(asked.error().detail);
    });
    go_on_until([&] { return rows.wait_for(std::chrono::seconds{0}) == std::future_status::ready; });
    for (const auto& row : rows.get())
      if (row.value("device", "") == device) return row.value("failure", "");
    return "no such row";
  }
  std::filesystem::path socket() const { return journey.folder() / "control.sock"; }

  Journey journey;
  std::unique_ptr<kiosk::ControlServer> desk = kiosk::open_control_desk(journey.kiosk(), socket());
};

TEST_F(Linlictl, shows_the_devices_of_a_running_kiosk) {
  const auto devices = run_for_json({"devices"}).at("devices");
  ASSERT_EQ(devices.size(), 6U) << devices.dump(1);
  for (const auto& device : devices) {
    EXPECT_EQ(device.value("state", ""), "online") << device.dump(1);
    const bool own = device.value("driver", "") == "built in";
    EXPECT_EQ(device["statistics"].value("connects", 0), own ? 0 : 1) << device.dump(1);
  }
  const auto lines = run({"devices"});
  EXPECT_NE(lines.find("sdt at simulated"), std::string::npos) << lines;
  EXPECT_NE(lines.find("escpos at simulated"), std::string::npos) << lines;
}

TEST_F(Linlictl, tells_what_is_wrong_and_what_to_do) {
  journey.hall().act(ui::LoadPaper{false});
  ASSERT_TRUE(journey.wait_for([](const kiosk::VisitState& s) { return s.printer.failure.has_value(); }));
  const auto said = run({"devices", "printer", "--json"});
  EXPECT_NE(said.find("linlictl ended with 1"), std::string::npos) << "trouble is an exit code: " << said;
}

TEST_F(Linlictl, tells_of_a_touch_that_never_ends_and_of_a_voice_that_is_gone) {
  journey.kiosk().handle(kiosk::OwnPartIs{kiosk::OwnPart::touch, base::Failure::touch_stuck});
  journey.kiosk().handle(kiosk::OwnPartIs{kiosk::OwnPart::sound, base::Failure::sound_silent});
  EXPECT_EQ(failure_of("touch"), "SCREEN-002");
  EXPECT_EQ(failure_of("sound"), "SOUND-001");
  EXPECT_NE(run({"devices", "touch"}).find("ended with 1"), std::string::npos) << "trouble is an exit code";
  EXPECT_NE(run({"devices", "touch", "--check", "passive"}).find("ended with 1"), std::string::npos);
  journey.kiosk().handle(kiosk::OwnPartIs{kiosk::OwnPart::touch, std::nullopt});
  EXPECT_EQ(failure_of("touch"), "");
  EXPECT_NE(run({"devices", "touch", "--check", "passive"}).find("touch: passed"), std::string::npos);
}

TEST_F(Linlictl, lets_devices_test_themselves) {
  const auto said = run({"devices", "--check", "active"});
  for (const auto* device : {"card_reader: passed", "code_scanner: passed", "printer: passed", "camera: passed"})
    EXPECT_NE(said.find(device), std::string::npos) << said;
}

TEST_F(Linlictl, prints_a_test_receipt_but_not_while_somebody_is_here) {
  EXPECT_NE(run({"devices", "printer", "--check", "interactive"}).find("printer: passed"), std::string::npos);
  EXPECT_EQ(journey.hall().printer().tickets().size(), 1U);
  journey.lay("eighty_five");
  journey.expect(kiosk::Stage::services);
  EXPECT_NE(run({"devices", "printer", "--check", "interactive"}).find("ended with 2"), std::string::npos);
  EXPECT_EQ(journey.hall().printer().tickets().size(), 1U);
}

TEST_F(Linlictl, says_nothing_about_the_resident) {
  journey.lay("eighty_five");
  journey.expect(kiosk::Stage::services);
  const auto all = run({"devices", "--json"}) + run({"devices"}) + run({"devices", "--check", "passive"});
  EXPECT_NE(all.find("card_reader"), std::string::npos) << all;
  for (const auto* personal : {"王秀兰", "秀兰", "虚构省", "00000019"}) EXPECT_EQ(all.find(personal), std::string::npos) << all;
}

TEST_F(Linlictl, watches_a_device_go_and_come_back) {
  auto client = kiosk::ControlClient::open(socket());
  ASSERT_TRUE(client);
  std::atomic<bool> begun = false;
  auto seen = std::async(std::launch::async, [&] {
    std::string states;
    auto asked = client->ask({{"request", "watch-devices"}}, std::chrono::seconds{20}, [&](const json& news) {
      begun = true;
      const auto device = news.value("device", json::object());
      if (device.value("device", "") == "printer") states += device.value("state", "") + ", ";
      return states.find("online") == std::string::npos;
    });
    return asked ? states : states + asked.error().detail;
  });
  go_on_until([&] { return begun.load(); });
  journey.hall().act(ui::PlugPrinter{false});
  ASSERT_TRUE(journey.wait_for([](const kiosk::VisitState& s) { return s.printer.state == hal::DeviceState::no_device; }));
  journey.hall().act(ui::PlugPrinter{true});
  ASSERT_TRUE(journey.wait_for([](const kiosk::VisitState& s) { return s.printer.state == hal::DeviceState::online; }));
  EXPECT_TRUE(seen.get().starts_with("no device, "));
}

// The program itself: what it prints while it watches, for people and for programs.
TEST_F(Linlictl, prints_every_change_while_it_watches) {
  for (const bool as_json : {false, true}) {
    base::Mailbox<std::string> lines;
    std::vector<std::string> command{
        (kiosk::program_folder() / "linlictl").string(), "--socket", socket().string(), "devices", "printer", "--watch"};
    if (as_json) command.emplace_back("--json");
    const auto watching = kiosk::ChildProcess::start(command, [&](std::string line) { (void)lines.post(std::move(line)); });
    ASSERT_TRUE(watching.ok());
    const auto next_with = [&](const std::string& word) {
      std::string found;
      go_on_until([&] {
        if (const auto line = lines.try_take(); line && line->find(word) != std::string::npos) found = *line;
        return !found.empty();
      });
      return found;
    };
    EXPECT_NE(next_with("online").find("printer"), std::string::npos);
    journey.hall().act(ui::PlugPrinter{false});
    const auto gone = next_with("no device");
    EXPECT_EQ(json::parse(gone, nullptr, false).is_discarded(), !as_json) << gone;
    journey.hall().act(ui::PlugPrinter{true});
    EXPECT_FALSE(next_with("online").empty());
  }
}

// A printer on a bus that only this run of linlictl sees, and an account that may not open it.
TEST(LinlictlWithoutAKiosk, names_the_rule_that_a_printer_lacks) {
  const test_support::TemporaryFolder folder;
  const auto bus = folder.path() / "bus.umockdev";
  ASSERT_TRUE(base::write_file(bus,
                               "P: /devices/pci0000:00/usb1/1-2\nN: bus/usb/001/002\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n"
                               "E: DEVNAME=/dev/bus/usb/001/002\nE: BUSNUM=001\nE: DEVNUM=002\nA: busnum=1\\n\nA: devnum=2\\n\n"
                               "A: idVendor=04b8\\n\nA: idProduct=0e28\\n\nA: product=TM Simulated\\n\nA: speed=480\\n\n"
                               "A: bConfigurationValue=1\\n\n"
                               "H: descriptors=1201000200000040b804280e00010000000109022000010100c0000904000002070102000705010240"
                               "000007058202400000\n",
                               0600));
  const auto program = (kiosk::program_folder() / "linlictl").string();
  // The preloaded library comes before AddressSanitizer's, which only minds unless told not to.
  const auto command = "ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0 umockdev-run -d " + bus.string() + " -- " + program +
                       " --config /nowhere devices --user nobody; test $? = 1";
  const auto output = kiosk::ChildProcess::output_of({"/bin/sh", "-c", command});
  ASSERT_TRUE(output) << "trouble is an exit code";
  const std::string& said = *output;
  EXPECT_NE(said.find("usb:1-2"), std::string::npos) << said;
  EXPECT_NE(said.find("PERMISSION MISSING"), std::string::npos) << said;
  EXPECT_NE(said.find("70-linli.rules"), std::string::npos) << said;
}

class LinlictlInAHallCutOff : public Linlictl {
 protected:
  LinlictlInAHallCutOff() : Linlictl(true) {}
  // The code on the receipt.
  std::string resident_applies() {
    journey.press("What can I do here?");
    journey.fill_in_repair_report();
    journey.press("Right, send it");
    journey.expect(kiosk::Stage::receipt);
    return journey.state().session->saved->receipt_code;
  }
  std::string everything_written_down() const {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(journey.folder()))
      if (entry.path().extension() == ".log") text += base::read_file(entry.path()).value_or({});
    return text;
  }
};

TEST_F(LinlictlInAHallCutOff, shows_what_waits_holds_it_and_tries_it_again) {
  const auto code = resident_applies();
  const auto waiting = run_for_json({"queue"});
  EXPECT_EQ(waiting["counts"].value("QUEUED", 0), 1) << waiting.dump(1);
  EXPECT_TRUE(waiting.contains("oldest"));
  ASSERT_EQ(waiting["rows"].size(), 1U);
  EXPECT_EQ(waiting["rows"][0].value("code", ""), code);
  EXPECT_NE(run({"queue"}).find("waiting 1, at the office 0, refused 0, held 0"), std::string::npos);

  EXPECT_NE(run({"queue", "hold", code, "--why", "asked for by the office"}).find("hold: 1 application"), std::string::npos);
  const auto held = run({"queue", "--state", "HELD"});
  EXPECT_NE(held.find("ended with 1"), std::string::npos) << "something needs a person: " << held;
  EXPECT_NE(run({"queue", "retry", code}).find("retry: 1 application"), std::string::npos);
  EXPECT_EQ(run_for_json({"queue"})["counts"].value("QUEUED", 0), 1);
  EXPECT_NE(run({"queue", "retry", code}).find("ended with 2"), std::string::npos) << "it is not held any more";
}

TEST_F(LinlictlInAHallCutOff, exports_what_waits_and_every_action_is_written_down) {
  const auto code = resident_applies();
  const auto file = journey.folder() / "stick.linli";
  EXPECT_NE(run({"queue", "export", file.string()}).find("export: 1 application"), std::string::npos);
  int records = 0;
  const auto read = offline_cache::read_export(base::read_file(file).value_or({}), [&](const auto&) { ++records; });
  EXPECT_TRUE(read);
  EXPECT_EQ(records, 1);
  EXPECT_NE(run({"queue", "retry", code}).find("ended with 2"), std::string::npos);
  go_on_until([&] { return everything_written_down().find("operator-acted action=queue-retry") != std::string::npos; });
  const auto log = everything_written_down();
  const auto asked = log.find("operator-asked action=queue-export id=- by=" + std::to_string(getuid()));
  EXPECT_NE(asked, std::string::npos) << log;
  EXPECT_LT(asked, log.find("operator-acted action=queue-export id=-")) << log;
  EXPECT_NE(log.find("operator-acted action=queue-export id=-"), std::string::npos) << log;
  EXPECT_NE(log.find("why=SAVE-009"), std::string::npos) << log;
}

TEST_F(LinlictlInAHallCutOff, exports_into_a_folder_and_gives_up_only_what_is_held) {
  const auto code = resident_applies();
  const auto stick = journey.folder() / "stick";
  std::filesystem::create_directory(stick);
  EXPECT_NE(run({"queue", "export", stick.string()}).find("1 application"), std::string::npos);
  ASSERT_FALSE(std::filesystem::is_empty(stick));
  EXPECT_TRUE(std::filesystem::directory_iterator(stick)->path().filename().string().starts_with("linli-"));

  EXPECT_NE(run({"queue", "discard", code, "--why", "twice"}).find("ended with 2"), std::string::npos) << "it still waits";
  EXPECT_NE(run({"queue", "hold", code, "--why", "twice"}).find("hold: 1"), std::string::npos);
  EXPECT_NE(run({"queue", "discard", code, "--why", "twice"}).find("discard: 1"), std::string::npos);
  const auto after = run_for_json({"queue"});
  EXPECT_EQ(after["counts"].value("TOMBSTONE", 0), 1) << after.dump(1);
  EXPECT_TRUE(after["rows"].empty());
}

TEST_F(LinlictlInAHallCutOff, watches_until_everything_is_sent) {
  resident_applies();
  std::mutex mutex;
  std::string seen;
  const auto says = [&](const char* part) {
    const std::lock_guard lock(mutex);
    return seen.find(part) != std::string::npos;
  };
  const auto watching = kiosk::ChildProcess::start(
      {(kiosk::program_folder() / "linlictl").string(), "--socket", socket().string(), "queue", "--watch"},
      [&](const std::string& line) {
        const std::lock_guard lock(mutex);
        seen += line + '\n';
      });
  ASSERT_TRUE(watching);
  go_on_until([&] { return says("0 of 1 done"); });
  journey.hall().act(ui::SwitchNetwork{true});
  go_on_until([&] { return says("1 of 1 done, the platform is within reach"); });
  EXPECT_TRUE(says("waiting 0, at the office 1, refused 0, held 0"));
}

// Two applications of one person for one service, and the first is held: the second waits for a person.
TEST_F(LinlictlInAHallCutOff, ends_watching_where_a_person_is_needed) {
  journey.lay("eighty_five");
  journey.expect(kiosk::Stage::services);
  std::vector<std::string> codes;
  for (const bool more : {true, false}) {
    journey.fill_in_senior_allowance();
    journey.press("Right, send it");
    journey.expect(kiosk::Stage::receipt);
    codes.push_back(journey.state().session->saved->receipt_code);
    if (more) journey.press("One more");
  }
  EXPECT_NE(run({"queue", "hold", codes[0], "--why", "asked for by the office"}).find("hold: 1"), std::string::npos);
  journey.hall().act(ui::SwitchNetwork{true});
  EXPECT_NE(run({"queue", "--watch"}).find("ended with 1"), std::string::npos);
  EXPECT_NE(run({"queue", "retry", codes[0]}).find("retry: 1"), std::string::npos);
  EXPECT_EQ(run({"queue", "--watch"}).find("ended with"), std::string::npos);
  EXPECT_EQ(run_for_json({"queue"})["counts"].value("ACKNOWLEDGED", 0), 2);
  EXPECT_EQ(run_for_json({"queue", "--state", "ACKNOWLEDGED"})["rows"].size(), 2U) << "as the counts name it";
}

TEST_F(LinlictlInAHallCutOff, is_told_what_it_asked_wrongly) {
  EXPECT_NE(run({"queue", "retry", "7K4-29M-6"}).find("ended with 2"), std::string::npos);
  EXPECT_NE(run({"queue", "hold", "7K4-29M-6"}).find("ended with 2"), std::string::npos) << "without a reason";
}

TEST_F(Linlictl, says_plainly_that_no_kiosk_runs) {
  desk.reset();
  EXPECT_NE(run({"devices", "printer", "--check", "active"}).find("ended with 2"), std::string::npos);
}

}  // namespace
