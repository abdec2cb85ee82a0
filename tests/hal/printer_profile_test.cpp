#include "hal/printer/printer_profile.h"
#include "test_places.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace {

using hal::parse_printer_profile;
using hal::Support;

const std::string kLeast =
    R"({"name":"x","dots_per_line":576,"dots_per_mm":8,"cutter":"none","process_id":"unknown","automatic_status":"no","clear_buffers":"yes")";

std::string complaint(const std::string& more) {
  const auto profile = parse_printer_profile(kLeast + more + "}");
  if (profile) return "none";
  EXPECT_EQ(profile.error().failure, base::Failure::print_profile_broken);
  return profile.error().detail;
}

TEST(APrinterProfile, is_complete_for_every_printer_that_is_shipped) {
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(LINLI_SOURCE_DIR "/assets/printers")) {
    if (file.path().filename() == "profile.schema.json") continue;
    const auto profile = hal::load_printer_profile(file.path());
    ASSERT_TRUE(profile) << profile.error().detail;
    EXPECT_EQ(profile->name, file.path().stem());
    ++count;
  }
  EXPECT_GE(count, 7);
}

TEST(APrinterProfile, of_80_and_58_mm_has_576_and_384_dots) {
  EXPECT_EQ(hal::load_printer_profile(LINLI_SOURCE_DIR "/assets/printers/generic-80mm.json")->dots_per_line, 576);
  EXPECT_EQ(hal::load_printer_profile(LINLI_SOURCE_DIR "/assets/printers/generic-58mm.json")->dots_per_line, 384);
}

TEST(APrinterProfile, may_leave_out_what_has_a_default) {
  const auto profile = parse_printer_profile(kLeast + "}");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->strip_rows, 256);
  EXPECT_EQ(profile->settle, std::chrono::milliseconds(700));
  EXPECT_EQ(profile->process_id, Support::unknown);
  EXPECT_EQ(profile->automatic_status, Support::no);
  EXPECT_EQ(profile->clear_buffers, Support::yes);
  EXPECT_EQ(profile->status.cover_open.mask, 0x04);
}

TEST(APrinterProfile, may_speak_a_dialect) {
  const auto profile =
      parse_printer_profile(kLeast + R"(,"status":{"cover_open":{"query":3,"mask":"20"},"reply_mask":"13","reply_value":"12"}})");
  ASSERT_TRUE(profile) << profile.error().detail;
  EXPECT_EQ(profile->status.cover_open.query, 3);
  EXPECT_EQ(profile->status.cover_open.mask, 0x20);
  EXPECT_EQ(profile->status.reply_mask, 0x13);
}

TEST(ABrokenPrinterProfile, is_refused_with_place_and_reason) {
  EXPECT_EQ(complaint(R"(,"strip_rows":4)"), "/strip_rows: is not a number from 8 to 2303");
  EXPECT_EQ(complaint(R"(,"strip_rows":8.5)"), "/strip_rows: is not a whole number");
  EXPECT_EQ(complaint(R"(,"speed":4)"), "/speed: is not a key of a printer profile");
  EXPECT_EQ(complaint(R"(,"status":7)"), "/status: is not an object");
  EXPECT_EQ(complaint(R"(,"status":{"offline":{"query":5,"mask":"08"}})"), "/status/offline/query: is not a number from 1 to 4");
  EXPECT_EQ(complaint(R"(,"status":{"offline":{"query":1,"mask":"8"}})"),
            "/status/offline/mask: is not a byte in two hex digits");
  EXPECT_EQ(complaint(R"(,"status":{"reply_mask":"10","reply_value":"12"})"), "/status/reply_value: has bits outside reply_mask");
  EXPECT_EQ(parse_printer_profile("{").error().detail, "/: is not JSON");
  EXPECT_EQ(parse_printer_profile("[]").error().detail, ": is not an object");
  EXPECT_EQ(parse_printer_profile("{}").error().detail, "/name: is missing");
  EXPECT_EQ(parse_printer_profile(R"({"name":"x","dots_per_line":577})").error().detail,
            "/dots_per_line: is not a multiple of 8");
  EXPECT_EQ(parse_printer_profile(R"({"name":"x","dots_per_line":576,"dots_per_mm":8,"cutter":"knife"})").error().detail,
            "/cutter: is none of unknown, none, partial, full");
}

// printer_profile_schema_test.py reads the same cases.
TEST(APrinterProfile, is_judged_by_the_program_as_by_its_schema) {
  const auto read = [](const std::string& path) {
    std::ifstream file(LINLI_SOURCE_DIR + path);
    return nlohmann::json::parse(file);
  };
  const auto cases = read("/tests/hal/printer_profile_cases.json");
  EXPECT_GE(cases.size(), 20U);
  for (const auto& one : cases) {
    auto json = read("/assets/printers/generic-80mm.json");
    json.update(one.at("patch"));
    const auto profile = parse_printer_profile(json.dump());
    EXPECT_EQ(static_cast<bool>(profile), one.at("valid").get<bool>())
        << one.at("why") << ": " << (profile ? "accepted" : profile.error().detail);
  }
}

TEST(APrinterProfile, of_a_presenter_tells_its_commands_and_where_the_ticket_is) {
  const auto profile = hal::load_printer_profile(LINLI_SOURCE_DIR "/assets/printers/custom-kpm-presenter.json");
  ASSERT_TRUE(profile) << profile.error().detail;
  ASSERT_TRUE(profile->presenter && profile->presenter->status);
  EXPECT_EQ(profile->presenter->retract, (hal::CommandBytes{0x1D, 0x65, 0x02}));
  EXPECT_EQ(profile->presenter->status->ticket_waiting.byte, 3);
  EXPECT_EQ(profile->presenter->status->ticket_waiting.mask, 0x20);
  EXPECT_EQ(profile->presenter->retract_after, std::chrono::seconds{300});
}

TEST(APrinterProfile, gives_its_serial_line_to_an_address_that_names_none) {
  const auto profile = hal::load_printer_profile(LINLI_SOURCE_DIR "/assets/printers/cashino-kp-628e.json");
  ASSERT_TRUE(profile);
  const auto line = [&](const char* address) {
    return hal::to_string(hal::with_serial_line(*hal::parse_port_address(address), *profile));
  };
  EXPECT_EQ(line("serial:/dev/ttyS1"), "serial:/dev/ttyS1?baud=9600&flow=xonxoff");
  EXPECT_EQ(line("serial:/dev/ttyS1?baud=115200"), "serial:/dev/ttyS1?baud=115200");
  EXPECT_EQ(line("usb:1-2"), "usb:1-2");
}

TEST(ABrokenPrinterProfile, is_named_by_its_file) {
  const auto profile = hal::load_printer_profile("/nonexistent/p.json");
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().detail, "/nonexistent/p.json: cannot be read");
}

}  // namespace
