// linlictl doctor, the program itself, beside a running kiosk and on machines with faults that were really made.
#include <cstdlib>
#include <fstream>
#include <future>
#include <thread>

#include "base/files.h"
#include "base/hex.h"
#include "hal/simulated/hid_pos_scanner.h"
#include "kiosk/app/child_process.h"
#include "kiosk/app/control_desk.h"
#include "offline_cache/courier/queue_courier.h"
#include "test_places.h"
#include "tests/journeys/journey.h"
#include "tests/support/temporary_folder.h"

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct Seen {
  json rows;
  int exit_code = -1;
  std::string grade(const std::string& check) const { return row(check).value("grade", "missing"); }
  std::string found(const std::string& check) const { return row(check).value("found", "missing"); }
  bool has_advice(const std::string& check) const { return !row(check).value("advice", "").empty(); }
  json row(const std::string& check) const {
    for (const auto& each : rows)
      if (each.value("check", "") == check) return each;
    return json::object();
  }
};

Seen examined(const fs::path& configuration, const fs::path& socket, const fs::path& folder = kiosk::program_folder()) {
  const auto program = (folder / "linlictl").string();
  const auto output =
      kiosk::ChildProcess::output_of({"/bin/sh", "-c", R"("$0" --config "$1" --socket "$2" doctor --json; echo "ended with $?")",
                                      program, configuration.string(), socket.string()});
  if (!output) return {};
  const auto end = output->rfind("ended with ");
  return {json::parse(output->substr(0, end), nullptr, false), std::atoi(output->c_str() + end + 11)};
}

class AMachine {
 public:
  AMachine() { fs::create_directory(data()); }
  fs::path data() const { return folder_ / "data"; }
  fs::path in(const char* name) const { return folder_ / name; }
  void write(const std::string& url, const std::string& office_key, const std::string& more = {}) const {
    std::ofstream(folder_ / "kiosk.toml") << "data = \"" << data().string()
                                          << "\"\n[hall]\nname_zh = \"测试\"\nname_en = \"Test\"\n"
                                          << "terminal = \"T-01\"\n[platform]\nurl = \"" << url << "\"\noffice_key = \""
                                          << office_key << "\"\n"
                                          << more;
  }
  Seen seen() const { return examined(folder_ / "kiosk.toml", folder_ / "no-kiosk.sock"); }

 private:
  test_support::TemporaryFolder folder_;
};

constexpr const char* kNowhere = "http://127.0.0.1:1";
const std::string kSomeKey(64, 'a');

TEST(TheDoctor, finds_a_running_terminal_well_and_a_stopped_one_sound) {
  journeys::Journey journey;
  offline_cache::CourierConfiguration platform;
  journey.hall().platform().describe(platform);
  const auto configuration = journey.folder() / "kiosk.toml";
  std::ofstream(configuration) << "data = \"queue\"\n[hall]\nname_zh = \"测试\"\nname_en = \"Test\"\nterminal = \"HP-03\"\n"
                               << "[platform]\nurl = \"" << platform.platform_url << "\"\noffice_key = \"" << platform.office_key
                               << "\"\n";
  const auto socket = journey.folder() / "control.sock";
  auto desk = kiosk::open_control_desk(journey.kiosk(), socket);
  auto looking = std::async(std::launch::async, [&] { return examined(configuration, socket); });
  while (looking.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
    journey.kiosk().handle_waiting();
    std::this_thread::yield();
  }
  const auto running = looking.get();
  EXPECT_EQ(running.found("kiosk"), "running");
  for (const auto* check : {"configuration", "keys", "platform", "database", "audit", "devices", "fonts"})
    EXPECT_EQ(running.grade(check), "ok") << check << " " << running.rows.dump(1);
  EXPECT_EQ(running.exit_code, 0);
  desk.reset();
  journey.platform_record();  // the kiosk has ended
  const auto stopped = examined(configuration, socket);
  EXPECT_EQ(stopped.found("kiosk"), "not running");
  EXPECT_EQ(stopped.found("database"), "sound") << stopped.rows.dump(1);
  EXPECT_EQ(stopped.grade("audit"), "ok");

  const auto log = journey.folder() / "queue" / "audit" / "000000000001.log";
  auto text = *base::read_file(log);
  text.replace(text.find("kiosk-started"), 5, "kiosc");
  std::ofstream(log) << text;
  const auto altered = examined(configuration, socket);
  EXPECT_EQ(altered.grade("audit"), "fail") << altered.rows.dump(1);
  EXPECT_NE(altered.found("audit").find("record 2"), std::string::npos) << altered.found("audit");
  EXPECT_EQ(altered.exit_code, 1);
}

TEST(TheDoctor, says_what_to_do_about_an_expired_certificate) {
  const AMachine machine;
  ASSERT_EQ(std::system(("sh " LINLI_SOURCE_DIR "/tests/support/make_certificates.sh " + machine.in("tls").string()).c_str()), 0);
  machine.write("https://127.0.0.1:1", kSomeKey,
                "ca = \"tls/ca.pem\"\ncertificate = \"tls/expired-client.pem\"\ncertificate_key = \"tls/expired-client.key\"\n");
  const auto seen = machine.seen();
  EXPECT_EQ(seen.grade("certificates"), "fail") << seen.rows.dump(1);
  EXPECT_EQ(seen.found("certificates"), "expired-client.pem has expired");
  EXPECT_TRUE(seen.has_advice("certificates"));
  EXPECT_EQ(seen.exit_code, 1);
}

TEST(TheDoctor, says_what_to_do_without_a_platform) {
  const AMachine machine;
  machine.write(kNowhere, kSomeKey);
  const auto seen = machine.seen();
  EXPECT_EQ(seen.grade("platform"), "fail") << seen.rows.dump(1);
  EXPECT_TRUE(seen.has_advice("platform"));
  EXPECT_EQ(seen.exit_code, 1);
  EXPECT_EQ(seen.grade("database"), "ok") << "a new machine has none yet";
  EXPECT_EQ(seen.grade("keys"), "warn");
}

TEST(TheDoctor, says_what_to_do_about_a_key_that_others_may_read) {
  const AMachine machine;
  machine.write("", kSomeKey, "device_key = \"device.key\"\n");
  std::ofstream(machine.in("device.key")) << "ed25519 " << std::string(64, '1') << "\n";
  fs::permissions(machine.in("device.key"), fs::perms(0644));
  EXPECT_EQ(machine.seen().grade("keys"), "fail");
  fs::permissions(machine.in("device.key"), fs::perms(0600));
  const auto mended = machine.seen();
  EXPECT_EQ(mended.grade("keys"), "ok") << mended.rows.dump(1);
  EXPECT_EQ(mended.exit_code, 0) << mended.rows.dump(1);
}

// The program beside other fonts: where it is installed, it looks for them.
TEST(TheDoctor, names_the_package_of_a_font_that_is_missing) {
  const AMachine machine;
  machine.write("", kSomeKey);
  fs::create_directories(machine.in("share/linli"));
  fs::create_directory(machine.in("bin"));
  fs::copy_file(kiosk::program_folder() / "linlictl", machine.in("bin/linlictl"));
  std::ofstream(machine.in("share/linli/fonts.conf"))
      << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig>"
         "<dir>/usr/share/fonts/opentype/noto</dir><dir>/usr/share/fonts/truetype/materialdesignicons-webfont</dir>"
         "<cachedir>/var/cache/fontconfig</cachedir></fontconfig>";
  const auto seen = examined(machine.in("kiosk.toml"), machine.in("no-kiosk.sock"), machine.in("bin"));
  EXPECT_EQ(seen.grade("fonts"), "warn") << seen.rows.dump(1);
  for (const auto* package : {"fonts-noto-core", "fonts-hanazono", "fonts-babelstone-han"})
    EXPECT_NE(seen.found("fonts").find(package), std::string::npos) << seen.found("fonts");
  EXPECT_TRUE(seen.has_advice("fonts"));
}

TEST(TheDoctor, says_what_to_do_about_a_damaged_database) {
  const AMachine machine;
  machine.write("", kSomeKey);
  fs::create_directory(machine.data() / "outbox");
  std::ofstream(machine.data() / "outbox" / "outbox.db") << "SQLite format 3" << std::string(9000, 'x');
  const auto seen = machine.seen();
  EXPECT_EQ(seen.grade("database"), "fail") << seen.rows.dump(1);
  EXPECT_TRUE(seen.has_advice("database"));
}

// With a scanner plugged in that root alone may open, as umockdev shows it to the program.
TEST(TheDoctor, names_a_device_that_the_kiosk_may_not_open) {
  const AMachine machine;
  machine.write("", kSomeKey);
  std::ofstream(machine.in("scanner.umockdev"))
      << "P: /devices/pci0000:00/usb1/1-3\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=0c2e\\n\nA: idProduct=0901\\n\n\n"
         "P: /devices/pci0000:00/usb1/1-3/1-3:1.0/0003:0C2E:0901.0001/hidraw/hidraw0\nN: hidraw0\nE: SUBSYSTEM=hidraw\n"
         "E: DEVNAME=/dev/hidraw0\nH: device/report_descriptor="
      << base::to_hex(hal::hid_pos_descriptor(hal::HidPosVariant::honeywell)) << "\n";
  const auto said_with = [&](const char* mode) {
    // The preloaded library comes before AddressSanitizer's, which only minds unless told not to.
    constexpr const char* kScript =
        R"(ASAN_OPTIONS=verify_asan_link_order=0 umockdev-run --device "$1" -- sh -c \
           'chmod "$0" "$UMOCKDEV_DIR/dev/hidraw0"; "$1" --config "$2" --socket /nowhere doctor --user daemon; true' "$2" "$3" "$4")";
    const auto said =
        kiosk::ChildProcess::output_of({"/bin/sh", "-c", kScript, "sh", machine.in("scanner.umockdev").string(), mode,
                                        (kiosk::program_folder() / "linlictl").string(), machine.in("kiosk.toml").string()});
    return said ? *said : said.error().detail;
  };
  const auto forbidden = said_with("0600");
  EXPECT_NE(forbidden.find("daemon may not open /dev/hidraw0"), std::string::npos) << forbidden;
  const auto open = said_with("0666");
  EXPECT_NE(open.find("1 connected, none forbidden"), std::string::npos) << open;
}

TEST(TheDoctor, names_the_line_of_a_wrong_configuration) {
  const AMachine machine;
  machine.write("", kSomeKey, "colour = \"red\"\n");
  const auto seen = machine.seen();
  EXPECT_EQ(seen.grade("configuration"), "fail");
  EXPECT_NE(seen.found("configuration").find("kiosk.toml:9"), std::string::npos) << seen.found("configuration");
  EXPECT_EQ(seen.exit_code, 1);
}

}  // namespace
