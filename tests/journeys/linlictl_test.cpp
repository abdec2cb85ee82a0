// linlictl, the program itself, and a running kiosk.
#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include "kiosk/app/child_process.h"
#include "kiosk/app/control/control_client.h"
#include "kiosk/app/control_desk.h"
#include "tests/journeys/journey.h"

namespace {

using journeys::Journey;
using nlohmann::json;

class Linlictl : public testing::Test {
 protected:
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
  std::filesystem::path socket() const { return journey.folder() / "control.sock"; }

  Journey journey;
  std::unique_ptr<kiosk::ControlServer> desk = kiosk::open_control_desk(journey.kiosk(), socket());
};

TEST_F(Linlictl, shows_the_devices_of_a_running_kiosk) {
  const auto devices = run_for_json({"devices"}).at("devices");
  ASSERT_EQ(devices.size(), 3U) << devices.dump(1);
  for (const auto& device : devices) {
    EXPECT_EQ(device.value("state", ""), "online") << device.dump(1);
    EXPECT_EQ(device["statistics"].value("connects", 0), 1) << device.dump(1);
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

TEST_F(Linlictl, lets_devices_test_themselves) {
  const auto said = run({"devices", "--check", "active"});
  for (const auto* device : {"card_reader: passed", "code_scanner: passed", "printer: passed"})
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

TEST_F(Linlictl, says_plainly_that_no_kiosk_runs) {
  desk.reset();
  EXPECT_NE(run({"devices", "printer", "--check", "active"}).find("ended with 2"), std::string::npos);
}

}  // namespace
