// linli-devices, the program itself, with our drivers as the software that is run against it.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <type_traits>

#include "base/mailbox.h"
#include "hal/registry/driver_table.h"
#include "kiosk/app/asset_paths.h"
#include "kiosk/app/child_process.h"
#include "kiosk/app/control/control_client.h"

namespace {

using namespace std::chrono_literals;
using hal::DeviceClass;

template <class Event>
std::string word_of(const Event& event) {
  if constexpr (std::is_same_v<Event, hal::DeviceHealth>) return std::string(name_of(event.state));
  if constexpr (std::is_same_v<Event, hal::CardRead>) return "read";
  if constexpr (std::is_same_v<Event, hal::CodeScanned>) return "scanned";
  if constexpr (std::is_same_v<Event, hal::PrintFinished>)
    return event.outcome == hal::PrintOutcome::confirmed ? "printed" : "not printed";
  return "something else";
}

class LinliDevices : public testing::Test {
 protected:
  LinliDevices() {
    std::string name = (std::filesystem::temp_directory_path() / "linli-devices-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~LinliDevices() override {
    program.reset();
    std::filesystem::remove_all(folder);
  }

  void start(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), (kiosk::program_folder() / "linli-devices").string());
    auto started = kiosk::ChildProcess::start(arguments, [this](std::string line) { lines.post(std::move(line)); });
    ASSERT_TRUE(started.ok());
    program = *std::move(started);
  }
  // The place in the line "escpos at tcp:127.0.0.1:34567".
  std::string place_of(const std::string& model) {
    while (const auto line = lines.take_for(60s))
      if (line->starts_with(model + " at ")) return line->substr(model.size() + 4);
    ADD_FAILURE() << model << " is not offered";
    return {};
  }
  void say(const std::string& line) const {
    auto client = kiosk::ControlClient::open(socket());
    ASSERT_TRUE(client);
    const auto said = client->ask({{"request", "say"}, {"words", line}}, 20'000ms);
    EXPECT_TRUE(said.ok()) << said.error().detail;
  }
  template <class Make>
  auto drive(DeviceClass device_class, const char* driver, const std::string& port) {
    const auto placement = hal::place(device_class, driver, port);
    EXPECT_TRUE(placement.ok()) << placement.error().detail;
    const auto assets = kiosk::installed_assets();
    const hal::DriverContext context{clock, [] { return std::chrono::year{2026} / 11 / 27; }, assets.fonts_conf().string(),
                                     assets.printer_profile("generic-58mm")};
    auto made = std::get<Make>(placement->driver->make)(placement->connection, context, [this](const auto& event) {
      std::visit([this](const auto& each) { words.post(word_of(each)); }, event);
    });
    EXPECT_TRUE(made.ok());
    return *std::move(made);
  }
  bool await(const std::string& word) {
    while (const auto heard = words.take_for(60s))
      if (*heard == word) return true;
    return false;
  }
  std::filesystem::path socket() const { return folder / "words.sock"; }

  std::filesystem::path folder;
  base::SystemClock clock;
  base::Mailbox<std::string> lines, words;
  std::unique_ptr<kiosk::ChildProcess> program;
};

TEST_F(LinliDevices, offers_a_card_reader_a_scanner_and_a_printer_to_other_software) {
  start({"sdt=pty:" + (folder / "reader").string(), "serial-scanner=pty", "escpos/generic-58mm=tcp:0", "--control",
         socket().string()});
  const auto reader_at = place_of("sdt");
  const auto scanner_at = place_of("serial-scanner");
  const auto printer_at = place_of("escpos/generic-58mm");

  const auto reader = drive<hal::MakeCardReader>(DeviceClass::card_reader, "sdt", reader_at);
  ASSERT_TRUE(await("online"));
  reader->want_card(true);
  say("sdt lay R1");
  EXPECT_TRUE(await("read"));
  say("sdt unplug");
  EXPECT_TRUE(await("no device"));

  const auto scanner = drive<hal::MakeCodeScanner>(DeviceClass::code_scanner, "serial-scanner", scanner_at);
  ASSERT_TRUE(await("online"));
  scanner->arm({{hal::PayloadKind::ticket_number}});
  say("serial-scanner show A017");
  EXPECT_TRUE(await("scanned"));

  const auto printer = drive<hal::MakePrinter>(DeviceClass::printer, "escpos", printer_at);
  ASSERT_TRUE(await("online"));
  hal::PrintDocument ticket;
  ticket.blocks = {hal::PrintHeading{"和平社区"}, hal::PrintCode{"A-017"}};
  printer->print(1, std::move(ticket));
  EXPECT_TRUE(await("printed"));
}

TEST_F(LinliDevices, plays_a_script) {
  std::ofstream(folder / "story") << "# a story\nlay R1\nwait 1\nunplug\n";
  start({"sdt=pty:" + (folder / "reader").string(), "--script", (folder / "story").string()});
  ASSERT_FALSE(place_of("sdt").empty());
  const auto gone = [&] { return !std::filesystem::is_symlink(std::filesystem::symlink_status(folder / "reader")); };
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (!gone() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_TRUE(gone()) << "the last word of the story pulls the plug";
}

TEST_F(LinliDevices, says_where_a_script_is_wrong) {
  std::ofstream(folder / "story") << "lay R1\ndance\n";
  start({"sdt=pty", "--script", (folder / "story").string()});
  std::string complaint;
  while (const auto line = lines.take_for(60s)) {
    complaint = *line;
    if (complaint.find("line 2") != std::string::npos) break;
  }
  EXPECT_NE(complaint.find("\"dance\""), std::string::npos) << complaint;
}

TEST_F(LinliDevices, explains_every_word_and_refuses_what_is_not_there) {
  const auto program_path = (kiosk::program_folder() / "linli-devices").string();
  const auto help = kiosk::ChildProcess::output_of({program_path, "--help"});
  ASSERT_TRUE(help.ok());
  for (const auto* word :
       {"unplug-after BYTES", "lay PERSONA", "show TEXT", "insert CARD", "after-bytes N TROUBLE", "escpos/generic-58mm"})
    EXPECT_NE(help->find(word), std::string::npos) << word;
  for (const auto* offer : {"tea=pty", "sdt", "sdt=usb", "escpos=tcp:70000", "sdt=vpcd", "escpos/none=tcp:0"})
    EXPECT_FALSE(kiosk::ChildProcess::output_of({program_path, offer}).ok()) << offer;
}

}  // namespace
