// A card reader on USB: real driver, real libusb, model of the module behind the endpoints of a gadget.
#include <gtest/gtest.h>

#include "hal/id_card/sdt_card_reader.h"
#include "hal/id_card/sdt_usb_transport.h"
#include "tests/hal/card_event_recorder.h"
#include "tests/hal/sdt_bytes.h"
#include "tests/hal/usb/sam_firmware.h"
#include "tests/hal/usb/switched_port.h"

namespace {

using namespace std::chrono_literals;
using card_test::kReady;
using sdt_bytes::text_of;
using usb_test::Framing;

// Patient: a busy machine must not look like a broken reader.
hal::SdtTiming patient() {
  hal::SdtTiming timing;
  timing.find_period = timing.quiet_find_period = timing.presence_period = timing.status_period = timing.reopen_pause = 1ms;
  timing.idle_check_period = 50ms;
  timing.absent_period = timing.breaker = 100ms;
  timing.warm_up = 10ms;
  timing.power_off = 10ms;
  timing.power_return = 20s;
  timing.short_answer = timing.card_answer = timing.read_answer = timing.address_answer = 10s;
  timing.inside_frame = 5s;
  timing.drain_silence = 2ms;
  return timing;
}

class ACardReaderOnUsb : public testing::TestWithParam<Framing> {
 protected:
  void start(const hal::SdtTiming& timing = patient()) {
    reader = hal::make_sdt_card_reader(
        hal::make_sdt_usb_transport(), clock, [] { return 2026y / 11 / 23; }, heard.sink(), timing);
    reader->want_card(true);
  }

  base::SystemClock clock;
  std::shared_ptr<hal::SamModule> module = std::make_shared<hal::SamModule>();
  usb_test::Bus bus;
  usb_test::SamFirmware firmware{module, GetParam()};
  usb_test::UsbGadget gadget{bus, "1-1", 0x0400, 0xC35A, {{0xFF, 0, 0, usb_test::SamFirmware::endpoints(GetParam())}}, firmware};
  card_test::CardEventRecorder heard;
  std::unique_ptr<hal::CardReader> reader;
};

TEST_P(ACardReaderOnUsb, reads_a_card) {
  gadget.plug();
  start();
  ASSERT_TRUE(heard.await(kReady));
  module->lay_card(text_of("R1"));
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试甲");
  module->lift_card();
  EXPECT_EQ(heard.next(), "lifted");
}

TEST_P(ACardReaderOnUsb, is_found_when_it_is_plugged_in_later) {
  start();
  ASSERT_TRUE(heard.await("absent"));
  gadget.plug();
  EXPECT_TRUE(heard.await(kReady));
}

TEST_P(ACardReaderOnUsb, reads_after_it_was_pulled_out_in_the_middle_of_an_answer) {
  gadget.plug();
  start();
  ASSERT_TRUE(heard.await(kReady));
  gadget.break_off_after(700);
  module->lay_card(text_of("R1"));
  ASSERT_TRUE(heard.await("absent"));
  gadget.unplug();
  firmware.lose_power();
  gadget.plug();
  EXPECT_TRUE(heard.await("read 测试甲"));
}

TEST_P(ACardReaderOnUsb, that_hangs_until_its_port_is_reset_is_reset_and_reads_on) {
  gadget.plug();
  hal::SdtTiming timing = patient();
  timing.short_answer = timing.card_answer = 300ms;
  start(timing);
  ASSERT_TRUE(heard.await(kReady));
  firmware.hang();
  ASSERT_TRUE(heard.await("starting"));
  ASSERT_TRUE(heard.await(kReady));
  EXPECT_GE(gadget.resets(), 1U);
  module->lay_card(text_of("R1"));
  EXPECT_TRUE(heard.await("read 测试甲"));
}

TEST_P(ACardReaderOnUsb, that_hangs_until_its_power_is_cut_has_it_cut_and_reads_on) {
  usb_test::SwitchedPort port(bus, [&](bool powered) {
    if (!powered) return gadget.unplug();
    firmware.lose_power();
    gadget.plug();
  });
  gadget.plug();
  hal::SdtTiming timing = patient();
  timing.short_answer = timing.card_answer = 300ms;
  start(timing);
  ASSERT_TRUE(heard.await(kReady));
  ASSERT_TRUE(module->control("hang"));
  ASSERT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), kReady);  // neither absent nor given up in between
  EXPECT_EQ(port.cuts(), 1U);
  module->lay_card(text_of("R1"));
  EXPECT_TRUE(heard.await("read 测试甲"));
  reader.reset();
}

TEST_P(ACardReaderOnUsb, whose_port_cannot_be_switched_is_given_up) {
  gadget.plug();
  hal::SdtTiming timing = patient();
  timing.short_answer = timing.card_answer = 300ms;
  start(timing);
  ASSERT_TRUE(heard.await(kReady));
  ASSERT_TRUE(module->control("hang"));
  ASSERT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), "faulted CARD-009");
}

INSTANTIATE_TEST_SUITE_P(InBothFramings, ACardReaderOnUsb, testing::Values(Framing::stream, Framing::split),
                         [](const auto& chosen) { return chosen.param == Framing::stream ? "stream" : "split"; });

TEST(ADeviceWithTheReadersId, whose_pipes_are_of_neither_framing_is_refused) {
  usb_test::Bus bus;
  usb_test::SamFirmware firmware(std::make_shared<hal::SamModule>(), Framing::stream);
  usb_test::UsbGadget gadget(bus, "1-1", 0x0400, 0xC35A, {{0xFF, 0, 0, {0x02, 0x06, 0x81}}}, firmware);
  const auto factory = hal::make_sdt_usb_transport();
  gadget.plug();
  while (!factory->trouble()) {
    EXPECT_FALSE(factory->open());
    if (!factory->trouble()) factory->wait_for_device(20s);
  }
  EXPECT_EQ(factory->trouble(), base::Failure::device_port_invalid);
}

}  // namespace
