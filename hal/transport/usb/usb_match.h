// Which USB device, and which part of it, a driver means. Pure: descriptors in, choice out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hal {

enum class UsbPipeKind : std::uint8_t { bulk, interrupt };

struct UsbEndpoint {
  std::uint8_t address = 0;  // bit 7 set: to the host
  UsbPipeKind kind = UsbPipeKind::bulk;
  std::uint16_t packet = 64;  // bytes of one packet at most

  bool is_in() const { return (address & 0x80U) != 0; }
  friend bool operator==(const UsbEndpoint&, const UsbEndpoint&) = default;
};

struct UsbInterface {  // one alternate setting of it
  std::uint8_t number = 0;
  std::uint8_t alternate = 0;
  std::uint8_t interface_class = 0;
  std::uint8_t subclass = 0;
  std::uint8_t protocol = 0;
  std::vector<UsbEndpoint> endpoints;  // bulk and interrupt only
};

struct UsbDescription {  // of a device that is plugged in
  std::uint16_t vendor_id = 0;
  std::uint16_t product_id = 0;
  std::string port;  // place in the USB tree: "1-1.2"
  std::vector<UsbInterface> interfaces;
};

struct UsbMatch {
  std::uint16_t vendor_id = 0;                                 // 0: any vendor; then the class says it all
  std::uint16_t product_id = 0;                                // 0: any product of the vendor
  std::optional<std::uint8_t> interface_class = std::nullopt;  // nothing: any, of this as of the next two
  std::optional<std::uint8_t> subclass = std::nullopt;
  std::optional<std::uint8_t> protocol = std::nullopt;
  bool one_way = false;  // never read from it, whatever its descriptors say
};

struct UsbSelector {
  std::vector<UsbMatch> matches;  // best first
  std::string port;               // only the device at this place; empty: any
};

// The interface to claim, and its pipes by rising endpoint number.
struct UsbChoice {
  UsbInterface interface;
  std::vector<UsbEndpoint> outs;
  std::vector<UsbEndpoint> ins;  // empty of a one-way device
  std::size_t rank = 0;          // place of the match in the selector
};

// Nothing when the device is not meant, or has no interface that fits and can be written to or read from. Bulk pipes are
// taken where a direction has some, else its interrupt pipes.
std::optional<UsbChoice> choose_interface(const UsbSelector& selector, const UsbDescription& device);

}  // namespace hal
