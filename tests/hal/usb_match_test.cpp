// Which interface of which device: from descriptors alone.
#include "hal/transport/usb/usb_match.h"

#include <gtest/gtest.h>

#include "hal/id_card/sdt_usb_transport.h"
#include "hal/printer/usb_printers.h"
#include "hal/transport/usb/usb_error.h"

namespace {

using hal::UsbInterface;
using hal::UsbPipeKind;

constexpr hal::UsbEndpoint kOut{0x01};
constexpr hal::UsbEndpoint kIn{0x82};

UsbInterface printer_interface(std::uint8_t alternate, std::uint8_t protocol) {
  return {0, alternate, 7, 1, protocol, {kOut, kIn}};
}

TEST(AUsbPrinter, is_used_in_its_two_way_setting_where_it_has_one) {
  const hal::UsbDescription device{0xABCD, 1, "1-1", {printer_interface(0, 1), printer_interface(1, 2), printer_interface(2, 4)}};
  const auto choice = hal::choose_interface(hal::usb_receipt_printers(), device);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->interface.alternate, 1);
  EXPECT_EQ(choice->outs, std::vector{kOut});
  EXPECT_EQ(choice->ins, std::vector{kIn});
}

TEST(AUsbPrinter, that_is_one_way_by_its_protocol_is_not_read) {
  const hal::UsbDescription device{0xABCD, 1, "1-1", {printer_interface(0, 1)}};
  const auto choice = hal::choose_interface(hal::usb_receipt_printers(), device);
  ASSERT_TRUE(choice);
  EXPECT_TRUE(choice->ins.empty());
}

TEST(AUsbPrinter, of_star_is_not_read_whatever_it_says) {
  const hal::UsbDescription device{0x0519, 3, "1-1", {printer_interface(0, 2)}};
  const auto choice = hal::choose_interface(hal::usb_receipt_printers(), device);
  ASSERT_TRUE(choice);
  EXPECT_TRUE(choice->ins.empty());
}

TEST(AUsbPrinter, of_epson_is_found_under_its_vendor_class) {
  const hal::UsbDescription device{0x04B8, 0x0202, "1-1", {{0, 0, 0xFF, 0, 0, {kOut, kIn}}}};
  const auto choice = hal::choose_interface(hal::usb_receipt_printers(), device);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->ins.size(), 1U);
}

TEST(AUsbPrinter, that_speaks_only_ipp_is_left_to_others) {
  const hal::UsbDescription device{0xABCD, 1, "1-1", {printer_interface(0, 4)}};
  EXPECT_FALSE(hal::choose_interface(hal::usb_receipt_printers(), device));
}

TEST(ACardReadersId, needs_vendor_and_product) {
  const UsbInterface interface {
    0, 0, 0xFF, 0, 0, { kOut, kIn }
  };
  EXPECT_TRUE(hal::choose_interface(hal::sdt_usb_readers(), {0x0400, 0xC35A, "1-1", {interface}}));
  EXPECT_FALSE(hal::choose_interface(hal::sdt_usb_readers(), {0x0400, 0x1000, "1-1", {interface}}));  // a flatbed scanner
  EXPECT_FALSE(hal::choose_interface(hal::sdt_usb_readers(), {0x0483, 0xDF11, "1-1", {interface}}));  // waits for firmware
}

TEST(AUsbInterface, has_its_pipes_by_rising_number) {
  const UsbInterface interface {
    0, 0, 0xFF, 0, 0, {
      {0x85}, {0x06}, {0x81}, { 0x02 }
    }
  };
  const auto choice = hal::choose_interface(hal::sdt_usb_readers(), {0x0400, 0xC35A, "1-1", {interface}});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->outs, (std::vector<hal::UsbEndpoint>{{0x02}, {0x06}}));
  EXPECT_EQ(choice->ins, (std::vector<hal::UsbEndpoint>{{0x81}, {0x85}}));
}

TEST(AUsbInterface, with_interrupt_pipes_only_is_used_through_them) {
  const UsbInterface interface {
    0, 0, 0xFF, 0, 0, {
      {0x02, UsbPipeKind::interrupt}, { 0x81, UsbPipeKind::interrupt }
    }
  };
  const auto choice = hal::choose_interface(hal::sdt_usb_readers(), {0x0400, 0xC35A, "1-1", {interface}});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->ins.at(0).kind, UsbPipeKind::interrupt);
}

TEST(AUsbInterface, with_both_kinds_is_used_through_the_bulk_pipes) {
  const UsbInterface interface {
    0, 0, 7, 1, 2, {
      kOut, kIn, { 0x83, UsbPipeKind::interrupt }
    }
  };
  const auto choice = hal::choose_interface(hal::usb_receipt_printers(), {0xABCD, 1, "1-1", {interface}});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->ins, std::vector{kIn});
}

TEST(LibusbsCodes, say_whether_staff_can_help) {
  EXPECT_EQ(hal::usb_open_failure(LIBUSB_ERROR_ACCESS), base::Failure::device_no_permission);
  EXPECT_EQ(hal::usb_open_failure(LIBUSB_ERROR_BUSY), base::Failure::device_port_invalid);
  EXPECT_EQ(hal::usb_open_failure(LIBUSB_ERROR_NO_DEVICE), std::nullopt);
  EXPECT_EQ(hal::usb_transfer_end(LIBUSB_TRANSFER_NO_DEVICE), hal::UsbTransferEnd::gone);
  EXPECT_EQ(hal::usb_transfer_end(LIBUSB_TRANSFER_STALL), hal::UsbTransferEnd::stalled);
  EXPECT_EQ(hal::usb_transfer_end(LIBUSB_TRANSFER_OVERFLOW), hal::UsbTransferEnd::damaged);
}

}  // namespace
