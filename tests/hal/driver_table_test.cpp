#include "hal/registry/driver_table.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using hal::DeviceClass;
using hal::PortKind;

TEST(TheDriverTable, names_every_driver_once) {
  std::set<std::pair<DeviceClass, std::string_view>> seen;
  for (const auto& driver : hal::drivers()) {
    EXPECT_TRUE(seen.emplace(driver.device_class(), driver.name).second) << driver.name;
    EXPECT_FALSE(driver.serves.empty()) << driver.name;
    EXPECT_TRUE(driver.takes(PortKind::simulated)) << driver.name << " has no model";
    EXPECT_NE(driver.make_model(), nullptr) << driver.name;
  }
}

TEST(TheDriverTable, places_a_device_with_a_model_of_its_own) {
  const auto placed = hal::place(DeviceClass::printer, "escpos", "simulated");
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->driver, hal::find_driver(DeviceClass::printer, "escpos"));
  EXPECT_NE(placed->connection.model, nullptr);
}

TEST(TheDriverTable, knows_that_a_device_may_be_absent) {
  const auto placed = hal::place(DeviceClass::card_reader, "absent", "whatever");
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->driver, nullptr);
}

TEST(TheDriverTable, refuses_an_unknown_driver_and_a_port_that_does_not_fit_with_what_there_is) {
  const auto driver = hal::place(DeviceClass::card_reader, "escpos", "simulated");
  ASSERT_FALSE(driver);
  EXPECT_EQ(driver.error().failure, base::Failure::config_invalid);
  EXPECT_NE(driver.error().detail.find("absent, sdt, pcsc"), std::string::npos) << driver.error().detail;
  const auto port = hal::place(DeviceClass::card_reader, "sdt", "video:/dev/video0");
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().failure, base::Failure::device_port_invalid);
  EXPECT_NE(port.error().detail.find("simulated"), std::string::npos);
}

// A script drives the model and its cable by words alone.
TEST(ADeviceScript, plays_with_any_model) {
  for (const auto& driver : hal::drivers()) {
    const auto model = driver.make_model();
    for (const auto* line : {"unplug", "plug", "stall on", "stall off", "silence on", "silence off", "delay 5", "delay 0",
                             "merge 9", "flood 64", "noise aa0055", "unplug-after 3"})
      EXPECT_TRUE(model->control(line)) << driver.name << ": " << line;
    const auto wrong = model->control("dance");
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().detail.find("unplug-after BYTES"), std::string::npos);
    EXPECT_NE(wrong.error().detail.find(model->commands()), std::string::npos);
    EXPECT_FALSE(model->control("stall"));
    EXPECT_FALSE(model->control("delay -1"));
    EXPECT_FALSE(model->control(""));
  }
}

TEST(ADeviceScript, lays_cards_and_opens_covers) {
  const auto reader = hal::find_driver(DeviceClass::card_reader, "sdt")->make_model();
  for (const auto* line : {"lay R1", "lift", "noisy on", "refuse 66", "refuse off", "refuse-read 41", "boot-time 20"})
    EXPECT_TRUE(reader->control(line)) << line;
  EXPECT_FALSE(reader->control("lay nobody"));
  const auto slot = hal::find_driver(DeviceClass::card_reader, "pcsc")->make_model();
  for (const auto* line : {"insert holder", "pull", "insert estonian", "insert nhi", "insert belgian", "turned on", "turned off",
                           "asleep on", "slow 20", "pieces 8", "answer 6d00", "answer off", "pull-at 3", "pull-at off"})
    EXPECT_TRUE(slot->control(line)) << line;
  for (const auto* line : {"insert nobody", "answer xyz", "pull-at", "slow soon"}) EXPECT_FALSE(slot->control(line)) << line;
  for (const auto* name : {"hid-pos", "serial-scanner", "keyboard-wedge"}) {
    const auto scanner = hal::find_driver(DeviceClass::code_scanner, name)->make_model();
    for (const auto* line : {"show A017", "show two words", "show-hex c3a9", "twice A017 A018", "cut 1 A017", "torn 0 A017",
                             "garbage ff00", "covered on", "covered off", "rest 10", "unplug-after-pieces 2"})
      EXPECT_TRUE(scanner->control(line)) << name << ": " << line;
    for (const auto* line : {"show", "show-hex a", "cut A017", "torn x A017"}) EXPECT_FALSE(scanner->control(line)) << line;
  }
  EXPECT_TRUE(hal::find_driver(DeviceClass::code_scanner, "hid-pos")->make_model()->control("deaf on"));
  EXPECT_TRUE(hal::find_driver(DeviceClass::code_scanner, "keyboard-wedge")->make_model()->control("press 59"));
  const auto camera = hal::find_driver(DeviceClass::code_scanner, "camera")->make_model();
  for (const auto* line : {"show A017", "show two words", "take-away", "module 4", "turn 30", "blur 15", "motion 20", "grain 12",
                           "dark on", "glare on", "moire on", "invert on", "sensor-fails on"})
    EXPECT_TRUE(camera->control(line)) << line;
  for (const auto* line : {"show", "module 0", "turn", "blur much", "dark 3"}) EXPECT_FALSE(camera->control(line)) << line;
  const auto documents = hal::find_driver(DeviceClass::camera, "document-camera")->make_model();
  for (const auto* line : {"lay 1", "lay 2", "freeze on", "freeze off", "blur 40", "glare on", "dark on", "take-away"})
    EXPECT_TRUE(documents->control(line)) << line;
  for (const auto* line : {"lay", "lay paper", "lay 1 2", "freeze"}) EXPECT_FALSE(documents->control(line)) << line;
  const auto printer = hal::find_driver(DeviceClass::printer, "escpos")->make_model();
  for (const auto* line : {"cover-open", "cover-closed", "after-rows 20 paper-out", "after-bytes 100 hot", "cool", "power-cycle"})
    EXPECT_TRUE(printer->control(line)) << line;
  EXPECT_FALSE(printer->control("after-rows 20 tea"));
}

}  // namespace
