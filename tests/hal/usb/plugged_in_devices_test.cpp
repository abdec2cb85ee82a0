// Scanners and a printer as the kernel shows them: found by udev, recognised, opened by the driver of the table through the
// real hidraw, evdev, serial and USB code, and used to the end. Behind the nodes are the models of the firmware.
#include <gtest/gtest.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "hal/printer/usb_printers.h"
#include "hal/registry/driver_table.h"
#include "hal/registry/sighting.h"
#include "hal/scanner/known_scanners.h"
#include "hal/simulated/offered_model.h"
#include "hal/transport/evdev/evdev_transport.h"
#include "hal/transport/usb/usb_transport.h"
#include "hal/transport/v4l2/v4l2_transport.h"
#include "tests/hal/printer_rig.h"
#include "tests/hal/scanner_rig.h"
#include "tests/hal/usb/model_firmware.h"
#include "tests/hal/usb/model_node.h"

namespace {

using namespace std::chrono_literals;
using hal::HidPosVariant;
using scanner_test::Counter;
using usb_test::NodeKind;

constexpr std::string_view kTicket = "A017";
const std::string kLongText(180, 'Q');  // four HID reports, three packets of a serial line

// A scanner in one of its modes, on the node that it has then.
class PluggedInScanner {
 public:
  virtual ~PluggedInScanner() = default;
  virtual void plug() = 0;
  virtual void unplug() = 0;

  std::shared_ptr<hal::ScannerModel> model;
};

class ScannerOnANode final : public PluggedInScanner {
 public:
  ScannerOnANode(usb_test::Bus& bus, std::shared_ptr<hal::ScannerModel> scanner, const usb_test::ModelNodeSetting& setting)
      : node(bus, scanner, setting) {
    model = std::move(scanner);
    model->unplug();
  }
  void plug() override { node.plug(); }
  void unplug() override { node.unplug(); }

  usb_test::ModelNode node;
};

// CDC-ACM: /dev/ttyACM0 of the test bed is a link to a pseudo-terminal.
class ScannerOnALine final : public PluggedInScanner {
 public:
  explicit ScannerOnALine(usb_test::Bus& bus) : bus_(bus), handler_(umockdev_ioctl_base_new()) {
    g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(on_ioctl), nullptr);
    umockdev_testbed_attach_ioctl(bus.testbed(), kLine, handler_, nullptr);
    model = std::make_shared<hal::SerialScanner>();
    model->unplug();
    const std::unique_ptr<gchar, decltype(&g_free)> root(umockdev_testbed_get_root_dir(bus.testbed()), g_free);
    const std::filesystem::path dev = std::string(root.get()) + "/dev";
    std::filesystem::create_directories(dev);
    auto made = hal::offer_on_terminal(model, dev / "ttyACM0");
    if (made) offered_ = *std::move(made);
    EXPECT_TRUE(offered_);
  }
  ~ScannerOnALine() override {
    umockdev_testbed_detach_ioctl(bus_.testbed(), kLine, nullptr);
    g_object_unref(handler_);
  }
  ScannerOnALine(const ScannerOnALine&) = delete;
  ScannerOnALine& operator=(const ScannerOnALine&) = delete;

  void plug() override {
    model->plug();
    const std::string text =
        "P: /devices/pci0000:00/usb1/1-3\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=1eab\\n\nA: idProduct=1a06\\n\n\n"
        "P: /devices/pci0000:00/usb1/1-3/1-3:1.0/tty/ttyACM0\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/ttyACM0\n";
    EXPECT_TRUE(umockdev_testbed_add_from_string(bus_.testbed(), text.c_str(), nullptr));
  }
  void unplug() override {
    model->unplug();
    umockdev_testbed_remove_device(bus_.testbed(), "/sys/devices/pci0000:00/usb1/1-3/1-3:1.0/tty/ttyACM0");
    umockdev_testbed_remove_device(bus_.testbed(), "/sys/devices/pci0000:00/usb1/1-3");
  }

 private:
  static constexpr auto kLine = "/dev/ttyACM0";

  // umockdev keeps ioctls of its nodes from the kernel; the only one that a line is asked is this one.
  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer) {
    const bool known = umockdev_ioctl_client_get_request(client) == TIOCEXCL;
    umockdev_ioctl_client_complete(client, known ? 0 : -1, known ? 0 : ENOTTY);
    return TRUE;
  }

  usb_test::Bus& bus_;
  UMockdevIoctlBase* const handler_;
  std::unique_ptr<hal::OfferedModel> offered_;
};

enum class Mode : std::uint8_t { honeywell, newland, third_layout, cdc, wedge };
constexpr std::array kModes{Mode::honeywell, Mode::newland, Mode::third_layout, Mode::cdc, Mode::wedge};
constexpr std::array<const char*, kModes.size()> kModeNames{"honeywell", "newland", "third_layout", "cdc", "wedge"};

std::unique_ptr<PluggedInScanner> scanner_in(Mode mode, usb_test::Bus& bus) {
  const auto hid = [&](HidPosVariant variant, std::uint16_t vendor) {
    return std::make_unique<ScannerOnANode>(bus, std::make_shared<hal::HidPosScanner>(variant),
                                            usb_test::ModelNodeSetting{NodeKind::hidraw, "1-3", vendor, 0x0901});
  };
  switch (mode) {
    case Mode::honeywell:
      return hid(HidPosVariant::honeywell, 0x0C2E);
    case Mode::newland:
      return hid(HidPosVariant::newland, 0x1EAB);
    case Mode::third_layout:
      return hid(HidPosVariant::third, 0x1234);
    case Mode::cdc:
      return std::make_unique<ScannerOnALine>(bus);
    case Mode::wedge:
      break;
  }
  return std::make_unique<ScannerOnANode>(bus, std::make_shared<hal::WedgeScanner>(),
                                          usb_test::ModelNodeSetting{NodeKind::evdev, "1-3", 0x0C2E, 0x0901});
}

class APluggedInScanner : public testing::TestWithParam<Mode> {
 protected:
  ~APluggedInScanner() override { device.reset(); }

  // The driver that says the scanner is one of its own, at the place where it was seen.
  void start() {
    for (const auto& seen : hal::sightings()) {
      const auto driver =
          std::ranges::find_if(hal::drivers(), [&](const hal::Driver& each) { return !each.recognise(seen).empty(); });
      if (driver == hal::drivers().end()) continue;
      const auto placed = hal::place(driver->device_class(), driver->name, to_string(seen.port));
      ASSERT_TRUE(placed);
      const auto make = std::get<hal::MakeCodeScanner>(driver->make);
      auto made = make(placed->connection, context,
                       [this](const hal::CodeScannerEvent& event) { (void)words.post(scanner_test::in_words(event)); });
      ASSERT_TRUE(made);
      device = *std::move(made);
      return;
    }
    FAIL() << "nobody recognises it";
  }
  bool await(const std::string& word) {
    while (const auto heard = words.take_for(60s))
      if (heard->starts_with(word)) return true;
    return false;
  }
  void expect_to_read(std::string_view code, hal::PayloadKind kind) {
    device->arm({{kind}});
    scanner->model->show(code);
    EXPECT_TRUE(await("scanned " + std::string(code)));
  }

  base::SystemClock clock;
  hal::DriverContext context{clock, [] { return std::chrono::year{2026} / 11 / 28; }, {}, {}};
  base::Mailbox<std::string> words;
  usb_test::Bus bus;
  std::unique_ptr<PluggedInScanner> scanner = scanner_in(GetParam(), bus);
  std::unique_ptr<hal::CodeScanner> device;
};

INSTANTIATE_TEST_SUITE_P(InEachMode, APluggedInScanner, testing::ValuesIn(kModes),
                         [](const auto& chosen) { return kModeNames.at(static_cast<std::size_t>(chosen.param)); });

TEST_P(APluggedInScanner, is_recognised_and_reads_codes_of_any_length) {
  scanner->plug();
  start();
  ASSERT_TRUE(await("online"));
  expect_to_read(kTicket, hal::PayloadKind::ticket_number);
  expect_to_read(kLongText, hal::PayloadKind::plain_text);
  EXPECT_EQ(device->statistics().value(Counter::noise), 0U);
}

TEST_P(APluggedInScanner, pulled_out_inside_a_code_gives_no_half_of_it_and_reads_the_next_when_it_is_back) {
  scanner->plug();
  start();
  ASSERT_TRUE(await("online"));
  for (int time = 0; time < 3; ++time) {
    device->arm({{hal::PayloadKind::plain_text}});
    scanner->model->show_cut(kLongText, 1);
    scanner->unplug();
    ASSERT_TRUE(await("no device"));
    scanner->plug();
    ASSERT_TRUE(await("online"));
    expect_to_read("A018", hal::PayloadKind::plain_text);
  }
  EXPECT_EQ(device->statistics().value(Counter::reads), 3U);
}

TEST_P(APluggedInScanner, floods_and_is_still_read) {
  scanner->plug();
  start();
  ASSERT_TRUE(await("online"));
  scanner->model->set_rest(0ms);
  for (int i = 0; i < 200; ++i) scanner->model->show(kLongText);  // nobody asked
  scanner->model->send_garbage(std::vector<std::uint8_t>(48, 0xFF));
  scanner->unplug();
  ASSERT_TRUE(await("no device"));
  scanner->plug();
  ASSERT_TRUE(await("online"));
  expect_to_read(kTicket, hal::PayloadKind::ticket_number);
}

class AWedgeNode : public testing::Test {
 protected:
  std::unique_ptr<hal::TransportFactory> transports() const { return hal::make_evdev_transport(hal::wedge_scanners()); }

  usb_test::Bus bus;
  ScannerOnANode scanner{bus, std::make_shared<hal::WedgeScanner>(), {NodeKind::evdev, "1-3", 0x0C2E, 0x0901}};
};

TEST_F(AWedgeNode, is_grabbed_so_that_its_keys_go_nowhere_else) {
  scanner.plug();
  const auto transport = transports()->open();
  ASSERT_TRUE(transport);
  EXPECT_TRUE(scanner.node.grabbed());
}

TEST_F(AWedgeNode, that_another_program_holds_is_in_the_wrong_mode) {
  scanner.node.hold_by_another(true);
  scanner.plug();
  const auto factory = transports();
  EXPECT_FALSE(factory->open());
  EXPECT_EQ(factory->trouble(), base::Failure::scan_wrong_mode);
  scanner.node.hold_by_another(false);
  EXPECT_TRUE(factory->open());
}

// ESC/POS over the real libusb, the machine behind a gadget's endpoints.
class AReceiptPrinterOnUsb : public testing::Test, protected printer_rig::PrinterRig {
 protected:
  AReceiptPrinterOnUsb() : printer_rig::PrinterRig(hal::EscposMachineType{.receive_buffer = 2048}) {
    timing = {};  // a busy machine must not look like a broken printer
    timing.stall = timing.stuck = 10s;
    timing.idle_listen = timing.poll = timing.reopen = 10ms;
  }
  ~AReceiptPrinterOnUsb() override { printer.reset(); }

  void start_on_usb() {
    gadget.plug();
    start_on(hal::make_usb_transport(hal::usb_receipt_printers()));
    await(hal::DeviceState::online);
  }

  const hal::PrinterProfile profile = printer_rig::profile("epson-tm-80mm");
  usb_test::Bus bus;
  usb_test::ModelFirmware firmware{machine};
  usb_test::UsbGadget gadget{bus, "1-2", 0x04B8, 0x0E28, {{7, 1, 2, {0x01, 0x82}}}, firmware};
};

TEST_F(AReceiptPrinterOnUsb, confirms_that_the_ticket_was_printed_and_cut) {
  start_on_usb();
  const auto finished = print(printer_rig::receipt());
  EXPECT_EQ(finished.outcome, hal::PrintOutcome::confirmed);
  EXPECT_EQ(printer_rig::count_inked(machine->tickets()), 1U);
}

TEST_F(AReceiptPrinterOnUsb, without_a_pipe_for_answers_prints_all_the_same) {
  usb_test::UsbGadget one_way{bus, "1-3", 0x04B8, 0x0E28, {{7, 1, 1, {0x01}}}, firmware};
  one_way.plug();
  start_on(hal::make_usb_transport(hal::usb_receipt_printers()));
  await(hal::DeviceState::online);
  const auto finished = print(printer_rig::receipt());
  EXPECT_EQ(finished.outcome, hal::PrintOutcome::unknown);
  EXPECT_EQ(finished.evidence, hal::Evidence::accepted);
  EXPECT_EQ(printer_rig::count_inked(machine->tickets()), 1U);
  printer.reset();
}

TEST_F(AReceiptPrinterOnUsb, that_takes_nothing_more_without_paper_ends_the_job_and_prints_no_second_ticket) {
  timing.stall = 1s;
  start_on_usb();
  machine->begin_after_bytes(6000, hal::PrinterTrouble::paper_out);
  const auto finished = print(printer_rig::receipt());
  EXPECT_EQ(finished.outcome, hal::PrintOutcome::unknown);
  EXPECT_EQ(finished.failure, base::Failure::print_no_paper);
  machine->end(hal::PrinterTrouble::paper_out);
  await(hal::DeviceState::online);
  EXPECT_EQ(print(printer_rig::short_ticket()).outcome, hal::PrintOutcome::confirmed);
  const auto papers = printer_rig::inked(*machine);
  EXPECT_EQ(std::ranges::count(papers, printer_rig::expected_ink(printer_rig::receipt(), profile)), 0);
  EXPECT_EQ(std::ranges::count(papers, printer_rig::expected_ink(printer_rig::short_ticket(), profile)), 1);
}

TEST_F(AReceiptPrinterOnUsb, that_stalls_between_tickets_prints_the_next) {
  start_on_usb();
  gadget.stall(0x01);
  gadget.stall(0x82);
  EXPECT_EQ(print(printer_rig::short_ticket()).outcome, hal::PrintOutcome::confirmed);
  EXPECT_GE(gadget.clears(), 2U);
}

TEST_F(AReceiptPrinterOnUsb, pulled_out_in_mid_ticket_never_claims_it_and_comes_back_at_the_same_place) {
  start_on_usb();
  machine->begin_after_bytes(6000, hal::PrinterTrouble::paper_out);  // it stands, so the plug comes out in the middle
  printer->print(++last_job, printer_rig::receipt());
  await_health([](const hal::DeviceHealth& now) { return now.state == hal::DeviceState::busy; });
  gadget.unplug();
  EXPECT_NE(await_result().outcome, hal::PrintOutcome::confirmed);
  machine->call_off();
  machine->end(hal::PrinterTrouble::paper_out);
  gadget.plug();
  await(hal::DeviceState::online);
  EXPECT_EQ(print(printer_rig::short_ticket()).outcome, hal::PrintOutcome::confirmed);
}

// A camera has a second node, for metadata, which is no camera.
TEST(TheMetadataNodeOfACamera, is_neither_shown_nor_opened) {
  usb_test::Bus bus;
  const auto node = [](int number, const std::string& capabilities) {
    const auto name = "video" + std::to_string(number);
    return "P: /devices/pci0000:00/usb1/1-4/1-4:1.0/video4linux/" + name + "\nN: " + name + "=00\nE: SUBSYSTEM=video4linux\n" +
           "E: DEVNAME=/dev/" + name + "\nE: ID_V4L_CAPABILITIES=" + capabilities + "\n\n";
  };
  const auto text =
      "P: /devices/pci0000:00/usb1/1-4\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=046d\\n\nA: idProduct=0825\\n\n\n" +
      node(0, ":capture:") + node(1, ":");
  GError* error = nullptr;
  ASSERT_TRUE(umockdev_testbed_add_from_string(bus.testbed(), text.c_str(), &error)) << error->message;
  std::vector<std::string> cameras;
  for (const auto& seen : hal::sightings())
    if (!hal::recognise_camera(seen).empty()) cameras.push_back(seen.node);
  EXPECT_EQ(cameras, std::vector<std::string>{"/dev/video0"});

  const auto factory = hal::make_v4l2_transport("/dev/video1");
  EXPECT_FALSE(factory->open());
  EXPECT_FALSE(factory->trouble()) << "it is no camera that does not work";
}

}  // namespace
