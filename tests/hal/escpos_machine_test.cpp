// The model of a printer, tried with bytes typed from the manuals.
#include "hal/simulated/escpos_machine.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "hal/simulated/profiled_machine.h"
#include "hal/simulated/simulated_transport.h"
#include "test_places.h"

namespace {

using enum hal::PrinterTrouble;
using std::chrono::milliseconds;

class ModelPrinter : public testing::Test {
 protected:
  void connect(hal::EscposMachineType type = small()) {
    machine = std::make_shared<hal::EscposMachine>(type);
    transport = hal::make_simulated_transport(machine)->open();
  }
  void SetUp() override { connect(); }
  static hal::EscposMachineType small() {
    hal::EscposMachineType type;
    type.dots_per_line = 16;
    type.head_to_knife = 4;
    type.receive_buffer = 64;
    return type;
  }
  std::size_t send(const std::string& hex) { return transport->write(*base::from_hex(hex), milliseconds{0}).count; }
  std::string answer() {
    std::vector<std::uint8_t> buffer(256);
    buffer.resize(transport->read(buffer, milliseconds{0}).count);
    return base::to_hex(buffer);
  }

  std::shared_ptr<hal::EscposMachine> machine;
  std::unique_ptr<hal::ByteTransport> transport;
};

TEST_F(ModelPrinter, prints_an_image_and_cuts_behind_it) {
  send(
      "1b40"
      "1d76300002000200"
      "aaaa5555"
      "1d564200");
  ASSERT_EQ(machine->tickets().size(), 1U);
  EXPECT_EQ(base::to_hex(machine->tickets()[0].bytes),
            "0000000000000000"
            "aaaa5555");
  EXPECT_EQ(machine->hanging().height, 4);
}

TEST_F(ModelPrinter, speaks_another_dialect_and_loses_bytes_when_told_to) {
  ASSERT_TRUE(machine->control("dialect 80 00 20 00"));
  send("100401");
  EXPECT_EQ(answer(), "92");
  send("100403");
  EXPECT_EQ(answer(), "32");
  EXPECT_FALSE(machine->control("dialect 80 00"));
  EXPECT_FALSE(machine->control("dialect 80 00 xx 00"));
  machine->begin(paper_out);
  const std::string more(2 * 100, '0');
  EXPECT_EQ(send(more), 64U);
  ASSERT_TRUE(machine->control("drops on"));
  EXPECT_EQ(send(more), 100U);
}

TEST(AModelOfAProfile, is_the_mechanism_and_the_dialect_the_profile_describes) {
  const auto made_of = [](const char* name) {
    return hal::machine_of(*hal::load_printer_profile(LINLI_SOURCE_DIR "/assets/printers/" + std::string(name) + ".json"));
  };
  EXPECT_EQ(made_of("custom-tptcm-presenter").presenter, hal::PresenterKind::custom_tptcm);
  EXPECT_EQ(made_of("custom-kpm-presenter").presenter, hal::PresenterKind::custom_kpm);
  EXPECT_EQ(made_of("citizen-pmu-presenter").presenter, hal::PresenterKind::citizen_pmu);
  EXPECT_EQ(made_of("epson-tm-80mm").presenter, hal::PresenterKind::none);
  EXPECT_EQ(made_of("cashino-kp-628e").status_dialect[0], 0x80);
  EXPECT_EQ(made_of("epson-tm-80mm").status_dialect[0], 0);
}

TEST_F(ModelPrinter, cuts_through_the_text_with_function_a) {
  send(
      "1d76300002000500"
      "aaaaaaaaaaaaaaaaaaaa"
      "1d5600");
  EXPECT_EQ(machine->tickets()[0].height, 5);
  EXPECT_EQ(machine->hanging().height, 4);  // still below the knife
}

TEST_F(ModelPrinter, feeds_in_motion_units) {
  send("1b4a0a");
  EXPECT_EQ(machine->rows(), 10);
  send(
      "1d50cb66"
      "1b4a0a");  // half as many units an inch: twice the way
  EXPECT_EQ(machine->rows(), 29);
}

TEST_F(ModelPrinter, answers_the_status_at_once_and_offline) {
  send(
      "100401"
      "100402"
      "100403"
      "100404");
  EXPECT_EQ(answer(), "12121212");
  machine->begin(cover_open);
  send(
      "100401"
      "100402");
  EXPECT_EQ(answer(), "1a16");
  machine->begin(paper_out);
  send("100404");
  EXPECT_EQ(answer(), "7e");
}

TEST_F(ModelPrinter, answers_in_order_only_when_it_got_there) {
  machine->begin(paper_out);
  send(
      "1b4a0a"
      "1d7201");
  EXPECT_EQ(answer(), "");
  machine->end(paper_out);
  EXPECT_EQ(answer(), "00");
}

TEST_F(ModelPrinter, reports_by_itself_on_every_change_until_initialised) {
  send("1d61ff");
  EXPECT_EQ(answer(), "10000000");
  machine->begin(cover_open);
  machine->begin(paper_out);
  EXPECT_EQ(answer(),
            "38000000"
            "38000f00");
  machine->end(cover_open);
  machine->end(paper_out);
  answer();
  send("1b40");
  machine->begin(cover_open);
  EXPECT_EQ(answer(), "");
}

TEST_F(ModelPrinter, confirms_a_process_id_when_the_rows_before_it_are_on_paper) {
  machine->begin_after_rows(1, cover_open);
  send(
      "1d76300002000200"
      "ffffffff"
      "1d28480600303020202122");
  EXPECT_EQ(answer(), "");
  machine->end(cover_open);
  EXPECT_EQ(answer(), "37222020212200");
}

TEST_F(ModelPrinter, keeps_a_job_over_paper_out_and_prints_it_on_the_new_paper) {
  machine->begin_after_rows(1, paper_out);
  send(
      "1d76300002000300"
      "ffffffffffff");
  EXPECT_EQ(machine->rows(), 1);
  machine->end(paper_out);
  EXPECT_EQ(machine->rows(), 3);
  EXPECT_EQ(machine->scraps().size(), 1U);
}

TEST_F(ModelPrinter, forgets_a_job_when_told_even_inside_an_image) {
  machine->begin_after_rows(1, paper_out);
  send(
      "1d76300002000900"
      "ffffffff");
  send("10140801031401060208");
  EXPECT_EQ(answer(), "372500");
  machine->end(paper_out);
  send("1d7201");
  EXPECT_EQ(answer(), "00");
  EXPECT_EQ(machine->rows(), 1);
}

TEST_F(ModelPrinter, swallows_all_as_dots_in_the_middle_of_an_image) {
  send(
      "1d76300002000300"
      "ffff"
      "1d7201");
  EXPECT_EQ(answer(), "");
  send(
      "00"
      "1d7201");
  EXPECT_EQ(answer(), "00");
}

TEST_F(ModelPrinter, refuses_bytes_when_full_or_drops_them_like_a_clone) {
  machine->begin(paper_out);
  EXPECT_EQ(send(std::string(200, '0')), 64U);
  auto type = small();
  type.drops_when_full = true;
  connect(type);
  machine->begin(paper_out);
  EXPECT_EQ(send(std::string(200, '0')), 100U);
  EXPECT_EQ(machine->received().size(), 64U);
}

TEST_F(ModelPrinter, jams_at_the_cut_and_recovers_when_free_and_told_to) {
  machine->begin(knife_blocked);
  send("1d564200");
  send("100403");
  EXPECT_EQ(answer(), "1a");
  send(
      "100502"
      "100403");
  EXPECT_EQ(answer(), "1a");  // still blocked
  machine->end(knife_blocked);
  send(
      "100502"
      "100403");
  EXPECT_EQ(answer(), "12");
}

TEST_F(ModelPrinter, shows_what_is_sent_as_text) {
  send("4142430a");
  EXPECT_EQ(machine->stray_characters(), 3);
  EXPECT_EQ(machine->rows(), 24);
}

TEST_F(ModelPrinter, takes_an_image_for_text_when_characters_wait_in_the_line) {
  send(
      "41"
      "1d76300002000100"
      "4141"
      "0a");
  EXPECT_EQ(machine->stray_characters(), 3);
}

TEST_F(ModelPrinter, may_speak_a_dialect_or_nothing) {
  auto type = small();
  type.status_dialect = {0x80, 0, 0, 0};
  type.fourth_automatic_byte = 0x0F;
  connect(type);
  send(
      "100401"
      "1d61ff");
  EXPECT_EQ(answer(),
            "92"
            "1000000f");
  machine->begin(silent);
  send("100401");
  EXPECT_EQ(answer(), "");
}

TEST_F(ModelPrinter, takes_its_time) {
  auto type = small();
  type.rows_per_second = 1000;
  connect(type);
  const auto start = std::chrono::steady_clock::now();
  send(
      "1b4a14"
      "1d7201");
  EXPECT_EQ(answer(), "");
  std::array<std::uint8_t, 1> byte{};
  EXPECT_TRUE(transport->read(byte, milliseconds{20'000}).ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds{19});
}

TEST_F(ModelPrinter, forgets_all_when_switched_off) {
  send("1d61ff");
  answer();
  machine->begin_after_rows(1, cover_open);
  send(
      "1d76300002000300"
      "ffffffffffff");
  answer();
  machine->power_cycle();
  machine->end(cover_open);
  EXPECT_EQ(machine->rows(), 1);
  EXPECT_EQ(answer(), "");
}

}  // namespace
