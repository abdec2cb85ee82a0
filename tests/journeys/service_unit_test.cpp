// packaging/systemd: what systemd reads there, held against what the programs do and need.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "base/files.h"
#include "kiosk/app/child_process.h"
#include "kiosk/configuration.h"
#include "test_places.h"
#include "tests/support/temporary_folder.h"

namespace {

const std::filesystem::path kUnits = LINLI_SOURCE_DIR "/packaging/systemd";

class AUnit : public testing::Test {
 protected:
  explicit AUnit(std::string name) : name_(std::move(name)) {}
  void SetUp() override {
    std::ifstream file(kUnits / name_);
    ASSERT_TRUE(file);
    static const std::regex setting(R"(^([A-Za-z]+)=(.*)$)");
    std::string line, section;
    std::smatch match;
    for (int number = 1; std::getline(file, line); ++number) {
      if (line.empty() || line.front() == '#') continue;
      if (line.front() == '[')
        section = line;
      else if (std::regex_match(line, match, setting))
        settings[section + match[1].str()].push_back(match[2]);
      else
        ADD_FAILURE() << "line " << number << " is no setting: " << line;
    }
  }
  std::string service(const std::string& name) const {
    const auto found = settings.find("[Service]" + name);
    return found == settings.end() ? "(none)" : found->second.back();
  }
  std::string unit(const std::string& name) const {
    const auto found = settings.find("[Unit]" + name);
    return found == settings.end() ? "(none)" : found->second.back();
  }
  bool is_allowed(const std::string& devices) const {
    const auto& all = settings.at("[Service]DeviceAllow");
    return std::ranges::find(all, devices + " rw") != all.end();
  }

  // What systemd itself says of all our units together, with the programs where they were built; nothing where it is not
  // installed.
  std::optional<std::string> complaints() const {
    constexpr const char* kAnalyze = "/usr/bin/systemd-analyze";
    if (!std::filesystem::exists(kAnalyze)) return std::nullopt;
    const test_support::TemporaryFolder folder;
    for (const auto& each : std::filesystem::directory_iterator(kUnits)) {
      const auto text = base::read_file(each.path()).value_or({});
      const auto here = std::regex_replace(text, std::regex("/usr/bin"), kiosk::program_folder().string());
      EXPECT_TRUE(base::write_file(folder / each.path().filename().string(), here));
    }
    const auto said = kiosk::ChildProcess::output_of({"/bin/sh", "-c", "exec 2>&1; exec \"$@\"", "sh", kAnalyze, "verify",
                                                      "--man=no", "--recursive-errors=no", (folder / name_).string()});
    return said ? *said : said.error().detail;
  }

  std::map<std::string, std::vector<std::string>> settings;

 private:
  std::string name_;
};

class TheServiceUnit : public AUnit {
 protected:
  TheServiceUnit() : AUnit("linli-kiosk.service") {}
};

TEST_F(TheServiceUnit, starts_the_kiosk_again_however_it_ends) {
  EXPECT_EQ(service("Restart"), "always");
  EXPECT_EQ(service("Type"), "notify");
  EXPECT_EQ(service("NotifyAccess"), "main");
  EXPECT_EQ(service("FileDescriptorStoreMax"), "1") << "kept_chain_key gives it one";
  const int starts = std::stoi(settings.at("[Unit]StartLimitBurst").front());
  EXPECT_GE(starts * std::stoi(service("RestartSec")), 300) << "seconds for somebody to stop it before the machine reboots";
  EXPECT_LE(starts * (std::stoi(service("RestartSec")) + 5), 15 * 60) << "starts that fail do not reach the limit";
}

TEST_F(TheServiceUnit, watches_it_and_leaves_no_image_of_its_memory) {
  EXPECT_EQ(service("WatchdogSec"), "10");
  EXPECT_EQ(service("WatchdogSignal"), "SIGKILL");
  EXPECT_EQ(service("LimitCORE"), "0");
  EXPECT_EQ(service("MemorySwapMax"), "0");
}

TEST_F(TheServiceUnit, lets_it_write_where_the_configuration_has_its_data) {
  const auto usual = kiosk::load_configuration(LINLI_SOURCE_DIR "/assets/kiosk.toml");
  ASSERT_TRUE(usual) << usual.error().detail;
  EXPECT_EQ("/var/lib/" + service("StateDirectory"), usual->data);
  EXPECT_EQ(service("ProtectSystem"), "strict") << "and nowhere else";
}

TEST_F(TheServiceUnit, lets_it_open_every_kind_of_device_a_driver_has) {
  EXPECT_EQ(service("DevicePolicy"), "closed");
  for (const auto* kind : {"usb_device", "hidraw", "input", "ttyUSB", "ttyACM", "ttyS", "video4linux", "alsa"})
    EXPECT_TRUE(is_allowed(std::string("char-") + kind)) << kind;
  EXPECT_EQ(settings.at("[Service]DeviceAllow").size(), 8U) << "and no other";
}

// ProtectKernelTunables makes /sys read-only, and where the ports of hubs lie below it is the machine's affair.
TEST_F(TheServiceUnit, lets_it_cut_the_power_of_a_port) { EXPECT_EQ(service("ReadWritePaths"), "-/sys/devices"); }

TEST_F(TheServiceUnit, takes_every_right_it_does_not_need) {
  EXPECT_EQ(service("User"), "linli");
  EXPECT_EQ(service("CapabilityBoundingSet"), "");
  for (const auto* closed : {"NoNewPrivileges", "PrivateTmp", "ProtectHome", "ProtectKernelTunables", "ProtectKernelModules",
                             "RestrictNamespaces", "RestrictSUIDSGID", "MemoryDenyWriteExecute", "LockPersonality"})
    EXPECT_EQ(service(closed), "yes") << closed;
}

TEST_F(TheServiceUnit, lets_it_ask_whether_the_clock_is_synchronised_and_lock_its_decoder_in) {
  const std::string allowed = " " + service("SystemCallFilter") + " ";
  for (const auto* call : {"@system-service", "seccomp", "clock_adjtime"})
    EXPECT_NE(allowed.find(std::string(" ") + call + " "), std::string::npos) << call;
  EXPECT_EQ(service("ProtectClock"), "(none)") << "it forbids to ask, too";
}

TEST_F(TheServiceUnit, is_understood_by_systemd_itself) {
  const auto said = complaints();
  if (!said) GTEST_SKIP() << "systemd-analyze is not installed here";
  EXPECT_EQ(*said, "");
}

class TheHealthyUnit : public AUnit {
 protected:
  TheHealthyUnit() : AUnit("linli-healthy.service") {}
};

TEST_F(TheHealthyUnit, holds_up_boot_complete_until_the_kiosk_is_well) {
  EXPECT_EQ(settings["[Install]RequiredBy"], std::vector<std::string>{"boot-complete.target"});
  EXPECT_EQ(unit("Before"), "boot-complete.target");
  EXPECT_EQ(unit("After"), "linli-kiosk.service");
  EXPECT_EQ(unit("Wants"), "linli-kiosk.service");
  EXPECT_EQ(unit("Requires"), "(none)") << "a kiosk that fails once is started again";
  EXPECT_EQ(service("Type"), "oneshot");
  EXPECT_EQ(service("ExecStart"), "/usr/bin/linlictl healthy --wait");
}

TEST_F(TheHealthyUnit, restarts_no_machine_by_itself) {
  EXPECT_EQ(unit("FailureAction"), "(none)");
  EXPECT_EQ(unit("OnFailure"), "(none)");
}

TEST_F(TheHealthyUnit, is_understood_by_systemd_itself) {
  const auto said = complaints();
  if (!said) GTEST_SKIP() << "systemd-analyze is not installed here";
  EXPECT_EQ(*said, "");
}

}  // namespace
