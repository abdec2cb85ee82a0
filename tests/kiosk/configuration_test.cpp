#include "kiosk/configuration.h"

#include <gtest/gtest.h>

#include "test_places.h"
#include "tests/kiosk/scratch_folder.h"

namespace {

using base::Failure;

constexpr std::string_view kSmallest = "data = \"queue\"\n[hall]\nname_zh = \"大厅\"\nname_en = \"Hall\"\nterminal = \"HP-03\"\n";

class TheConfiguration : public testing::Test {
 protected:
  base::Result<kiosk::Configuration> load(const std::string& text) {
    return kiosk::load_configuration(folder_.write("kiosk.toml", text));
  }
  // What is said, without the folder; `more` follows the smallest configuration.
  std::string refusal(const std::string& text, Failure failure = Failure::config_invalid) {
    const auto loaded = load(text);
    if (loaded) return "loaded";
    EXPECT_EQ(loaded.error().failure, failure);
    return loaded.error().detail.substr(std::min(folder_.path().string().size() + 1, loaded.error().detail.size()));
  }
  std::string with(const std::string& more) { return refusal(std::string(kSmallest) + more); }

  test_support::ScratchFolder folder_;
};

TEST_F(TheConfiguration, needs_little) {
  const auto loaded = load(std::string(kSmallest));
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->hall.name_zh, "大厅");
  EXPECT_EQ(loaded->hall.terminal, "HP-03");
  EXPECT_EQ(loaded->hall.default_language, "zh");
  EXPECT_EQ(loaded->data, folder_.path() / "queue") << "relative to the file";
  EXPECT_EQ(loaded->panel.width_px, 1080);
  EXPECT_EQ(loaded->card_reader.driver, "absent");
  EXPECT_TRUE(loaded->platform_url.empty());
}

TEST_F(TheConfiguration, of_the_example_loads) {
  const auto loaded = kiosk::load_configuration(std::filesystem::path(LINLI_SOURCE_DIR) / "assets/kiosk.toml");
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->hall.name_zh, "和平社区便民服务大厅");
  EXPECT_EQ(loaded->data, "/var/lib/linli");
  EXPECT_EQ(loaded->office_key.size(), 64U);
  EXPECT_EQ(loaded->printer.driver, "escpos");
  EXPECT_EQ(loaded->printer.port, "simulated");
  EXPECT_DOUBLE_EQ(loaded->panel.width_mm, 268.0);
}

TEST_F(TheConfiguration, that_cannot_be_read_says_where) {
  const auto missing = kiosk::load_configuration("/nowhere/kiosk.toml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().failure, Failure::config_unreadable);
  EXPECT_EQ(missing.error().detail, "/nowhere/kiosk.toml: No such file or directory");
  const auto said = refusal("data = \"q\"\n[hall\n", Failure::config_unreadable);
  EXPECT_TRUE(said.starts_with("kiosk.toml:2: ")) << said;
  EXPECT_TRUE(refusal("a = 1\na = 2\n", Failure::config_unreadable).starts_with("kiosk.toml:2: "));
  EXPECT_TRUE(refusal("data = \"\xFF\"\n", Failure::config_unreadable).starts_with("kiosk.toml:1: "));
}

TEST_F(TheConfiguration, with_an_unknown_name_is_refused_with_its_line) {
  EXPECT_EQ(with("color = 1\n"),
            "kiosk.toml:6: [hall] color: is not known here; known are name_zh, name_en, terminal, hotline, default_language");
  EXPECT_EQ(
      with("[screen]\n"),
      "kiosk.toml:6: screen: is not known here; known are data, hall, panel, platform, staff, voice, keys, devices, control");
  EXPECT_EQ(with("[devices]\nscanner = \"usb\"\n"),
            "kiosk.toml:7: [devices] scanner: is not known here; known are card_reader, card_reader_port, code_scanner, "
            "code_scanner_port, printer, printer_port, camera, camera_port, printer_profile");
}

TEST_F(TheConfiguration, names_a_code_scanner_and_the_control_socket) {
  const auto loaded = load(std::string(kSmallest) +
                           "[devices]\ncode_scanner = \"hid-pos\"\ncode_scanner_port = \"usb:1-2\"\n"
                           "[control]\nsocket = \"/run/hall/kiosk.sock\"\ngroup = \"hall-staff\"\n");
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->code_scanner.driver, "hid-pos");
  EXPECT_EQ(loaded->code_scanner.port, "usb:1-2");
  EXPECT_EQ(loaded->control.socket, "/run/hall/kiosk.sock");
  EXPECT_EQ(loaded->control.group, "hall-staff");
  EXPECT_NE(with("[control]\nsocket = \"kiosk.sock\"\n").find("needs the absolute path"), std::string::npos);
  EXPECT_NE(with("[control]\ngroup = \"the staff\"\n").find("needs the name of a group"), std::string::npos);
}

TEST_F(TheConfiguration, without_what_it_needs_is_refused) {
  EXPECT_EQ(refusal(""), "kiosk.toml:1: data: is missing; needs a folder for waiting applications");
  EXPECT_EQ(refusal("data = \"q\""), "kiosk.toml: [hall] name_zh: is missing; needs a text of 1 to 90 bytes on one line");
  EXPECT_EQ(refusal("data = \"q\"\n[hall]\nname_zh = \"厅\"\nname_en = \"H\"\n"),
            "kiosk.toml:2: [hall] terminal: is missing; needs 1 to 16 letters, digits and -, such as \"HP-03\"");
}

TEST_F(TheConfiguration, with_a_wrong_type_is_refused_with_what_is_expected) {
  EXPECT_EQ(with("hotline = 12345\n"), "kiosk.toml:6: [hall] hotline: needs a telephone number, or \"\" for none");
  EXPECT_EQ(with("[panel]\nwidth_px = \"1080\"\n"), "kiosk.toml:7: [panel] width_px: needs a whole number from 320 to 8192");
  EXPECT_EQ(with("[panel]\nwidth_px = 1080.0\n"), "kiosk.toml:7: [panel] width_px: needs a whole number from 320 to 8192");
  EXPECT_EQ(with("[panel]\nwidth_mm = true\n"), "kiosk.toml:7: [panel] width_mm: needs a number from 50 to 3000");
  EXPECT_EQ(refusal("data = \"q\"\nhall = 3\n"), "kiosk.toml:2: hall: needs a section: [hall]");
  EXPECT_EQ(with("[panel]\nwidth_mm = 268\n"), "loaded");
}

TEST_F(TheConfiguration, of_a_secure_platform_is_read_whole) {
  const std::string pin = "sha256//" + std::string(43, 'A') + "=", key(64, 'a');
  ASSERT_EQ(with("[platform]\nurl = \"https://platform.example\"\nca = \"tls/ca.pem\"\ncertificate = \"/c.pem\"\n"
                 "certificate_key = \"/c.key\"\npins = \"" +
                 pin + ";" + pin +
                 "\"\nproxy = \"http://10.0.0.1:3128\"\n"
                 "answer_key = \"" +
                 key + ";" + key + "\"\n"),
            "loaded");
  const auto loaded = kiosk::load_configuration(folder_.path() / "kiosk.toml");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->platform.ca, folder_.path() / "tls" / "ca.pem");
  EXPECT_EQ(loaded->platform.certificate, "/c.pem");
  EXPECT_EQ(loaded->platform.answer_keys, (std::vector{key, key}));
  EXPECT_EQ(loaded->platform.pins, pin + ";" + pin);
}

TEST_F(TheConfiguration, of_the_second_suite_has_longer_keys) {
  const std::string key = "04" + std::string(128, 'a');
  EXPECT_EQ(with("[platform]\nsuite = 2\noffice_key = \"" + key + "\"\noffice_key_next = \"" + key +
                 "\"\noffice_key_next_from = \"2027-01-31\"\n"),
            "loaded");
  EXPECT_EQ(with("[platform]\nsuite = 2\noffice_key = \"" + std::string(64, 'a') + "\"\n"),
            "kiosk.toml:8: [platform] office_key: needs 130 hexadecimal digits (suite 2), or \"\" for none");
}

TEST_F(TheConfiguration, that_leaves_half_of_something_out_is_refused) {
  EXPECT_EQ(with("[platform]\nurl = \"https://platform.example\"\n"),
            "kiosk.toml:6: [platform] ca: is missing; an https address needs the file of the CA that the platform's certificate "
            "comes from");
  EXPECT_EQ(with("[platform]\ncertificate = \"c.pem\"\n"),
            "kiosk.toml:7: [platform] certificate: and certificate_key belong together; one of them is missing");
  EXPECT_EQ(with("[platform]\noffice_key_next = \"" + std::string(64, 'a') + "\"\n"),
            "kiosk.toml:7: [platform] office_key_next: and office_key_next_from belong together; one of them is missing");
  EXPECT_EQ(with("[platform]\noffice_key_next_from = \"2027-02-29\"\n"),
            "kiosk.toml:7: [platform] office_key_next_from: needs the day from which the next key is used, such as "
            "\"2027-01-31\"");
  for (const char* pins : {"sha256//short=", ";", "md5//AAAA"})
    EXPECT_NE(with("[platform]\npins = \"" + std::string(pins) + "\"\n"), "loaded") << pins;
}

TEST_F(TheConfiguration, out_of_range_is_refused_with_the_range) {
  EXPECT_EQ(with("[panel]\nheight_px = 100\n"), "kiosk.toml:7: [panel] height_px: needs a whole number from 320 to 8192");
  EXPECT_EQ(with("[panel]\nwidth_mm = nan\n"), "kiosk.toml:7: [panel] width_mm: needs a number from 50 to 3000");
  EXPECT_EQ(with("[devices]\ncard_reader = \"USB!\"\n"),
            "kiosk.toml:7: [devices] card_reader: needs the name of a driver, or \"absent\"");
  EXPECT_EQ(with("[devices]\nprinter_profile = \"../x\"\n"),
            "kiosk.toml:7: [devices] printer_profile: needs the name of a file in assets/printers, without .json");
  EXPECT_EQ(with("[platform]\noffice_key = \"12ab\"\n"),
            "kiosk.toml:7: [platform] office_key: needs 64 hexadecimal digits, or \"\" for none");
  for (const char* url : {"ftp://a", "127.0.0.1:8790", "http://127.0.0.1/", "http://a b", "http://a", "http://127.0.0.1.example",
                          "http://localhost.example:80", "http://[::1].example"})
    EXPECT_EQ(with("[platform]\nurl = \"" + std::string(url) + "\"\n"),
              "kiosk.toml:7: [platform] url: needs https://… without / at its end, http://… only to this machine itself, or \"\" "
              "for none");
  EXPECT_EQ(with("default_language = \"中文\"\n"),
            "kiosk.toml:6: [hall] default_language: needs a language such as \"zh\" or \"en\"");
}

TEST_F(TheConfiguration, of_a_panel_that_lies_about_its_size_is_refused) {
  const std::string said =
      "kiosk.toml:7: [panel] width_mm: needs the measured width of the visible area: 160 mm for 1080 × 1920 "
      "pixels would be a panel of 13 inches, and 15 to 33 are possible";
  EXPECT_EQ(with("[panel]\nwidth_mm = 160\n"), said);  // the EDID of a television
  EXPECT_NE(with("[panel]\nwidth_mm = 1600\n"), "loaded");
  EXPECT_NE(with("[panel]\nwidth_px = 1920\nheight_px = 1080\n"), "loaded");  // turned, but not measured again
  EXPECT_EQ(with("[panel]\nwidth_mm = 194.3\n"), "loaded");                   // 15.6 inches upright
  EXPECT_EQ(with("[panel]\nwidth_mm = 708\nwidth_px = 3840\nheight_px = 2160\nmounting_mm = 800\n"), "loaded");  // 32 inches
}

}  // namespace
