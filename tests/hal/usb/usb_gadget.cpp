#include "tests/hal/usb/usb_gadget.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace usb_test {
namespace {

constexpr auto kHub =
    "P: /devices/pci0000:00/usb1\n"
    "N: bus/usb/001/001=12010002090001406B1D020004050302010109021900010100E0000904000001090000000705810304000C\n"
    "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DRIVER=usb\nE: BUSNUM=001\nE: DEVNUM=001\nE: MAJOR=189\nE: MINOR=0\n"
    "E: DEVNAME=/dev/bus/usb/001/001\n"
    "A: busnum=1\\n\nA: devnum=1\\n\nA: speed=480\\n\nA: bConfigurationValue=1\\n\n"
    "H: descriptors=12010002090001406B1D020004050302010109021900010100E0000904000001090000000705810304000C\n";

constexpr unsigned kDeviceNumber = 2;  // one gadget at a time is enough for these tests

// The process is its own kernel here: the pointers of the host can be followed.
template <class Pointee>
Pointee* pointee(UMockdevIoctlClient* client) {
  UMockdevIoctlData* argument = umockdev_ioctl_client_get_arg(client);
  Pointee* pointer = nullptr;
  std::memcpy(&pointer, argument->data, sizeof pointer);
  return pointer;
}

}  // namespace

Bus::Bus() : testbed_(umockdev_testbed_new()) { umockdev_testbed_add_from_string(testbed_, kHub, nullptr); }

Bus::~Bus() { g_object_unref(testbed_); }

UsbGadget::UsbGadget(Bus& bus, std::string port, std::uint16_t vendor, std::uint16_t product,
                     std::vector<GadgetInterface> alternates, Firmware& firmware)
    : bus_(bus),
      port_(std::move(port)),
      vendor_(vendor),
      product_(product),
      alternates_(std::move(alternates)),
      firmware_(firmware),
      handler_(umockdev_ioctl_base_new()) {
  g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(on_ioctl), this);
}

UsbGadget::~UsbGadget() {
  unplug();
  g_object_unref(handler_);
}

void UsbGadget::plug() {
  const auto bytes = descriptors();
  const auto hex = fmt::format("{:02X}", fmt::join(bytes, ""));
  const auto node = fmt::format("/dev/bus/usb/001/{:03}", kDeviceNumber);
  {
    const std::lock_guard lock(mutex_);
    attached_ = true;
    in_bytes_left_ = SIZE_MAX;
    stalled_.clear();
  }
  umockdev_testbed_attach_ioctl(bus_.testbed(), node.c_str(), handler_, nullptr);
  syspath_ = "/devices/pci0000:00/usb1/" + port_;
  const auto text = fmt::format(
      "P: {}\nN: bus/usb/001/{:03}={}\n"
      "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DRIVER=usb\nE: BUSNUM=001\nE: DEVNUM={:03}\nE: MAJOR=189\nE: MINOR={}\n"
      "E: DEVNAME={}\nA: busnum=1\\n\nA: devnum={}\\n\nA: speed=12\\n\nA: bConfigurationValue=1\\n\nA: serial=GADGET-7\\n\n"
      "A: idVendor={:04x}\\n\nA: idProduct={:04x}\\n\nH: descriptors={}\n",
      syspath_, kDeviceNumber, hex, kDeviceNumber, kDeviceNumber - 1, node, kDeviceNumber, vendor_, product_, hex);
  GError* error = nullptr;
  umockdev_testbed_add_from_string(bus_.testbed(), text.c_str(), &error);
  if (error != nullptr) g_error("%s", error->message);
  umockdev_testbed_uevent(bus_.testbed(), ("/sys" + syspath_).c_str(), "add");
}

void UsbGadget::unplug() {
  {
    const std::lock_guard lock(mutex_);
    if (syspath_.empty()) return;
    attached_ = false;
    end_all(-ESHUTDOWN);
  }
  const auto path = "/sys" + std::exchange(syspath_, {});
  umockdev_testbed_uevent(bus_.testbed(), path.c_str(), "remove");
  umockdev_testbed_remove_device(bus_.testbed(), path.c_str());
  umockdev_testbed_detach_ioctl(bus_.testbed(), fmt::format("/dev/bus/usb/001/{:03}", kDeviceNumber).c_str(), nullptr);
}

void UsbGadget::break_off_after(std::size_t in_bytes) {
  const std::lock_guard lock(mutex_);
  in_bytes_left_ = in_bytes;
}

void UsbGadget::stall(std::uint8_t endpoint) {
  const std::lock_guard lock(mutex_);
  stalled_.insert(endpoint);
}

int UsbGadget::watch_ended() {
  const std::lock_guard lock(mutex_);
  ended_event_ = base::FileDescriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  return ended_event_.get();
}

void UsbGadget::tell_ended() const {
  eventfd_t count = 0;
  eventfd_read(ended_event_.get(), &count);
  if (!ended_.empty()) eventfd_write(ended_event_.get(), 1);
}

unsigned UsbGadget::resets() const {
  const std::lock_guard lock(mutex_);
  return resets_;
}

unsigned UsbGadget::clears() const {
  const std::lock_guard lock(mutex_);
  return clears_;
}

unsigned UsbGadget::alternate() const {
  const std::lock_guard lock(mutex_);
  return alternate_;
}

bool UsbGadget::claimed() const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(claims_, [](const auto& claim) { return claim.second; });
}

gboolean UsbGadget::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
  return static_cast<UsbGadget*>(self)->handle(client) ? TRUE : FALSE;
}

bool UsbGadget::handle(UMockdevIoctlClient* client) {
  const std::lock_guard lock(mutex_);
  int error = 0;
  switch (umockdev_ioctl_client_get_request(client)) {
    case USBDEVFS_GET_CAPABILITIES:
      *pointee<std::uint32_t>(client) = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM;
      break;
    case USBDEVFS_DISCONNECT_CLAIM:
    case USBDEVFS_CLAIMINTERFACE:
      claims_[0] = true;
      break;
    case USBDEVFS_RELEASEINTERFACE:
      claims_[0] = false;
      break;
    case USBDEVFS_IOCTL:  // the kernel's driver is asked back in
      error = ENODATA;
      break;
    case USBDEVFS_SETINTERFACE:
      alternate_ = pointee<usbdevfs_setinterface>(client)->altsetting;
      break;
    case USBDEVFS_CLEAR_HALT:
      ++clears_;
      stalled_.erase(static_cast<std::uint8_t>(*pointee<unsigned>(client)));
      break;
    case USBDEVFS_RESET:
      ++resets_;
      firmware_.reset();
      break;
    case USBDEVFS_SUBMITURB:
      error = submit(pointee<usbdevfs_urb>(client));
      break;
    case USBDEVFS_DISCARDURB:
      error = discard(pointee<usbdevfs_urb>(client));
      break;
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
      if (usbdevfs_urb* urb = reap())
        *pointee<usbdevfs_urb*>(client) = urb;
      else
        error = attached_ ? EAGAIN : ENODEV;
      break;
    default:
      return false;
  }
  if (ended_event_.valid()) {
    move();
    tell_ended();
  }
  umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
  return true;
}

int UsbGadget::submit(usbdevfs_urb* urb) {
  if (!attached_) return ENODEV;
  urb->actual_length = 0;
  pending_.push_back({urb, 0});
  return 0;
}

int UsbGadget::discard(const usbdevfs_urb* urb) {
  const auto found = std::ranges::find(pending_, urb, &Pending::urb);
  if (found == pending_.end()) return EINVAL;
  end(*found, -ENOENT);
  pending_.erase(found);
  return 0;
}

// The host asks all the time, so this is where the bus moves on. Of one endpoint only the oldest transfer moves.
usbdevfs_urb* UsbGadget::reap() {
  move();
  if (ended_.empty()) return nullptr;
  usbdevfs_urb* const urb = ended_.front();
  ended_.pop_front();
  return urb;
}

void UsbGadget::move() {
  std::set<std::uint8_t> busy;
  for (auto next = pending_.begin(); next != pending_.end();) {
    const bool moves = busy.insert(next->urb->endpoint).second;
    if (moves && advance(*next)) {
      busy.erase(next->urb->endpoint);
      next = pending_.erase(next);
    } else {
      ++next;
    }
    if (in_bytes_left_ == 0) {
      attached_ = false;
      end_all(-ESHUTDOWN);
      break;
    }
  }
}

bool UsbGadget::advance(Pending& pending) {
  const std::uint8_t endpoint = pending.urb->endpoint;
  if (stalled_.contains(endpoint)) {
    end(pending, -EPIPE);
    return true;
  }
  const auto length = static_cast<std::size_t>(pending.urb->buffer_length);
  const std::span buffer(static_cast<std::uint8_t*>(pending.urb->buffer), length);
  if ((endpoint & 0x80U) != 0) {
    pending.moved = firmware_.give(endpoint, buffer.first(std::min(length, in_bytes_left_)));
    if (in_bytes_left_ != SIZE_MAX) in_bytes_left_ -= pending.moved;
    if (pending.moved == 0) return false;
  } else {
    pending.moved += firmware_.take(endpoint, buffer.subspan(pending.moved));
    if (pending.moved < length) return false;
  }
  end(pending, 0);
  return true;
}

void UsbGadget::end(const Pending& pending, int status) {
  pending.urb->actual_length = static_cast<int>(pending.moved);
  pending.urb->status = status;
  ended_.push_back(pending.urb);
}

void UsbGadget::end_all(int status) {
  for (const Pending& pending : pending_) end(pending, status);
  pending_.clear();
}

std::vector<std::uint8_t> UsbGadget::descriptors() const {
  const auto low = [](std::uint16_t value) { return static_cast<std::uint8_t>(value & 0xFFU); };
  const auto high = [](std::uint16_t value) { return static_cast<std::uint8_t>(value >> 8U); };
  std::vector<std::uint8_t> config;
  std::uint8_t alternate = 0;
  for (const auto& setting : alternates_) {
    const auto count = static_cast<std::uint8_t>(setting.bulk_endpoints.size());
    config.insert(config.end(), {9, 4, 0, alternate++, count, setting.interface_class, setting.subclass, setting.protocol, 0});
    for (const auto address : setting.bulk_endpoints) config.insert(config.end(), {7, 5, address, 2, 64, 0, 0});
  }
  const auto total = static_cast<std::uint16_t>(config.size() + 9);
  std::vector<std::uint8_t> all{18,   1, 0x10, 1, 0, 0, 0, 64, low(vendor_), high(vendor_), low(product_), high(product_),
                                0x63, 0, 0,    0, 1, 1};
  all.insert(all.end(), {9, 2, low(total), high(total), 1, 1, 0, 0xC0, 0x32});
  all.insert(all.end(), config.begin(), config.end());
  return all;
}

}  // namespace usb_test
