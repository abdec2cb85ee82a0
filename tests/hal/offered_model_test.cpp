// Models offered outside the process, and our own drivers as the other software.
#include "hal/simulated/offered_model.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/file_descriptor.h"
#include "hal/id_card/sdt_card_reader.h"
#include "hal/id_card/sdt_serial_transport.h"
#include "hal/scanner/serial_scanner.h"
#include "hal/simulated/personas.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/serial_scanner.h"
#include "hal/transport/make_transport.h"
#include "hal/transport/serial/serial_transport.h"
#include "tests/hal/card_event_recorder.h"
#include "tests/hal/printer_rig.h"
#include "tests/hal/scanner_rig.h"

namespace {

using namespace std::chrono_literals;

hal::PortAddress port_of(const hal::OfferedModel& offer) {
  auto port = hal::parse_port_address(offer.where());
  EXPECT_TRUE(port.ok()) << offer.where();
  return port ? *port : hal::PortAddress{};
}

class AnOfferedModel : public testing::Test {
 protected:
  AnOfferedModel() {
    std::string name = (std::filesystem::temp_directory_path() / "linli-offer-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~AnOfferedModel() override { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;
  base::SystemClock clock;
};

TEST_F(AnOfferedModel, is_a_card_reader_on_a_serial_line) {
  const auto module = std::make_shared<hal::SamModule>();
  const auto offer = hal::offer_on_terminal(module, folder / "reader");
  ASSERT_TRUE(offer.ok());
  EXPECT_EQ((*offer)->where(), "serial:" + (folder / "reader").string());
  card_test::CardEventRecorder heard;
  const auto reader = hal::make_sdt_card_reader(
      hal::make_sdt_serial_transport(port_of(**offer), clock), clock, [] { return std::chrono::year{2026} / 11 / 23; },
      heard.sink());
  ASSERT_TRUE(heard.await(card_test::kReady));
  reader->want_card(true);
  ASSERT_TRUE(module->control("lay R1"));
  EXPECT_TRUE(heard.await("read 测试甲"));

  module->unplug();
  EXPECT_TRUE(heard.await("absent"));
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(folder / "reader")));
  module->lift_card();
  module->plug();
  EXPECT_TRUE(heard.await(card_test::kReady)) << "another terminal behind the same name";
}

TEST_F(AnOfferedModel, is_a_scanner_on_a_serial_line) {
  scanner_test::ScannerRig rig;
  const auto model = std::make_shared<hal::SerialScanner>();
  const auto offer = hal::offer_on_terminal(model);
  ASSERT_TRUE(offer.ok());
  base::Mailbox<std::string> words;
  const auto scanner = hal::make_serial_scanner(
      hal::make_serial_transport(port_of(**offer)), clock,
      [&](const hal::CodeScannerEvent& event) { words.post(scanner_test::in_words(event)); }, scanner_test::quick_scanner());
  ASSERT_EQ(words.take_for(20s).value_or("nothing").substr(0, 6), "online");
  scanner->arm({{hal::PayloadKind::ticket_number}});
  std::optional<std::string> heard;
  for (int tries = 0; !heard && tries < 20; ++tries) {  // a driver that was kept from its line for long drops what lies there
    ASSERT_TRUE(model->control("show A017"));
    heard = words.take_for(1s);
  }
  EXPECT_EQ(heard, "scanned A017");
}

TEST_F(AnOfferedModel, is_a_printer_on_a_network_port) {
  const auto machine = std::make_shared<hal::EscposMachine>();
  const auto offer = hal::offer_on_tcp(machine, "127.0.0.1", 0);
  ASSERT_TRUE(offer.ok()) << offer.error().detail;
  base::Mailbox<hal::PrintFinished> finished;
  auto printer = hal::make_escpos_printer(hal::make_transport(port_of(**offer), {}), clock, printer_rig::profile("epson-tm-80mm"),
                                          printer_rig::kFonts, [&](const hal::PrinterEvent& event) {
                                            if (const auto* end = std::get_if<hal::PrintFinished>(&event)) finished.post(*end);
                                          });
  printer->print(1, printer_rig::short_ticket());
  const auto end = finished.take_for(60s);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->outcome, hal::PrintOutcome::confirmed);
  EXPECT_EQ(machine->tickets().size(), 1U);
  printer.reset();  // hangs up; another host may come
  const auto next = hal::make_transport(port_of(**offer), {})->open();
  EXPECT_TRUE(next);
}

// A host that has said all it has to say still hears the answer.
TEST_F(AnOfferedModel, answers_after_a_half_close) {
  const auto machine = std::make_shared<hal::EscposMachine>();
  const auto offer = hal::offer_on_tcp(machine, "127.0.0.1", 0);
  ASSERT_TRUE(offer.ok());
  const base::FileDescriptor host(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_of(**offer).tcp_port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(host.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_TRUE(machine->control("delay 50"));
  ASSERT_EQ(send(host.get(), "\x10\x04\x01", 3, MSG_NOSIGNAL), 3);
  shutdown(host.get(), SHUT_WR);
  std::array<std::uint8_t, 8> answer{};
  EXPECT_EQ(recv(host.get(), answer.data(), answer.size(), 0), 1);
}

TEST_F(AnOfferedModel, refuses_a_place_that_cannot_be) {
  const auto module = std::make_shared<hal::SamModule>();
  std::ofstream(folder / "file") << "precious";
  EXPECT_FALSE(hal::offer_on_terminal(module, folder / "file").ok());
  EXPECT_EQ(std::filesystem::file_size(folder / "file"), 8U);
  EXPECT_FALSE(hal::offer_on_terminal(module, folder / "none" / "reader").ok());
  EXPECT_FALSE(hal::offer_on_tcp(module, "example", 9100).ok());
  const auto first = hal::offer_on_tcp(module, "127.0.0.1", 0);
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(hal::offer_on_tcp(module, "127.0.0.1", port_of(**first).tcp_port).ok());
}

TEST_F(AnOfferedModel, can_end_while_the_model_takes_nothing) {
  const auto machine = std::make_shared<hal::EscposMachine>();
  auto offer = hal::offer_on_terminal(machine, folder / "printer");
  ASSERT_TRUE(offer.ok());
  ASSERT_TRUE(machine->control("stall on"));
  const auto transport = hal::make_serial_transport(port_of(**offer))->open();
  ASSERT_TRUE(transport);
  const std::array<std::uint8_t, 64> bytes{};
  EXPECT_TRUE(transport->write(bytes, 20s).ok());
  offer->reset();
}

}  // namespace
